package io.cellferry.omezarr;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.image.PixelType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Floating-point pixels are halved in their own type, and to the same bytes on every machine.
class HalvingOfRealsTest {

    private static final int WIDTH = 301;
    private static final int HEIGHT = 203;

    /// Digests were taken from arithmetic in float32 and float64 themselves. Numbers of every size, tiny ones included,
    /// but none whose sum leaves the type.
    @ParameterizedTest
    @CsvSource({
        "FLOAT32, MEAN, f1508ed0d4e8ff17",
        "FLOAT32, NEAREST, 9d1e7cfbcbc8b2a3",
        "FLOAT32, MAX, a4613d3eeb66a4e7",
        "FLOAT64, MEAN, e7f8089fecb69376",
        "FLOAT64, NEAREST, da2dbc015391223e",
        "FLOAT64, MAX, 7f1a680dd7295140"
    })
    void numbersOfEverySizeGiveTheseBytes(PixelType type, Downsampling downsampling, String digest) throws Exception {
        Random random = new Random(20260102);
        ByteBuffer pixels = ByteBuffer.allocate(WIDTH * HEIGHT * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        while (pixels.hasRemaining()) {
            if (type == PixelType.FLOAT32) {
                pixels.putInt(random.nextInt(1 << 24) | random.nextInt(125) << 24 | random.nextInt(2) << 31);
            } else {
                pixels.putLong(random.nextLong() & 0xffff_ffff_ffff_ffL
                        | (long) random.nextInt(125) << 56
                        | (long) random.nextInt(2) << 63);
            }
        }

        byte[] half = halved(type, downsampling, WIDTH, HEIGHT, pixels.array());

        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(half), 0, 8))
                .isEqualTo(digest);
    }

    /// A sum too large is infinite, one of both infinities no number; the sign and payload of that would depend on the
    /// processor and on how far the program is compiled.
    @Test
    void whatIsNoNumberIsAlwaysTheSameOne() {
        float[] four = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1, 2};
        assertThat(bits(four, Downsampling.MEAN)).isEqualTo(0x7fc0_0000);
        float[] odd = {Float.intBitsToFloat(0xffc0_1234), 5, 1, 2};
        assertThat(bits(odd, Downsampling.MEAN)).isEqualTo(0x7fc0_0000);
        assertThat(bits(odd, Downsampling.MAX)).isEqualTo(0x7fc0_0000);
        assertThat(bits(odd, Downsampling.NEAREST)).isEqualTo(0xffc0_1234);
        float[] large = {Float.MAX_VALUE, Float.MAX_VALUE, 1, 2};
        assertThat(bits(large, Downsampling.MEAN)).isEqualTo(Float.floatToIntBits(Float.POSITIVE_INFINITY));
    }

    /// 2²⁴ + 1 is no float, and the even one of its neighbours is 2²⁴, three times. In doubles the mean is larger.
    @Test
    void floatsAreRoundedAfterEveryStep() {
        float[] four = {1 << 24, 1, 1, 1};
        assertThat(Float.intBitsToFloat(bits(four, Downsampling.MEAN))).isEqualTo(1 << 22);
    }

    /// Upper left, upper right, lower left, lower right.
    private static int bits(float[] four, Downsampling downsampling) {
        ByteBuffer pixels = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (float one : four) {
            pixels.putInt(Float.floatToRawIntBits(one));
        }
        return ByteBuffer.wrap(halved(PixelType.FLOAT32, downsampling, 2, 2, pixels.array()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }

    private static byte[] halved(PixelType type, Downsampling downsampling, int width, int height, byte[] pixels) {
        int halfWidth = (width + 1) / 2;
        byte[] half = new byte[halfWidth * ((height + 1) / 2) * type.bytes()];
        Halving.of(type, downsampling)
                .halve(pixels, 0, width * type.bytes(), width, height, half, 0, halfWidth * type.bytes());
        return half;
    }
}
