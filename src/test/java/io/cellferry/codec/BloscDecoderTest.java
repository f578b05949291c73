package io.cellferry.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Containers that numcodecs 0.11 made with `Blosc(codec, 9, BITSHUFFLE, blocksize).encode(numpy.arange(n, dtype="<i4")
/// // 4)`.
class BloscDecoderTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            one zstd block of 51 elements, 51,\
             02019404cc000000cc0000003b000000140000002300000028b52ffd20ccd5000068000102030405060708090a0b0c0d6801e01d10be11fcc20302
            one zlib block of 51 elements, 51,\
             02017404cc000000cc0000003e000000140000002600000078da5dc3b70d00200000207bffff5e578584107e91899985958d9d83938b9be779014f9c012d
            two zstd blocks of 32 elements and one of 11, 75,\
             020194042c010000800000007d0000001c0000003c000000600000001c00000028b52ffd20809d000068f0f0f0f000ff00ff0000ffff00010030\
            055f2000000028b52ffd2080bd000088f0f0f0f000ff00ff0000ffffffffffff000100590a961900000028b52ffd202c850000301000000011120300\
            c010d05ddc2502
            """)
    void bitsOfABlockThatIsNoMultipleOfEightElementsLieAsTheyAre(String name, int elements, String container) {
        byte[] stored = HexFormat.of().parseHex(container);
        byte[] out = new byte[elements * Integer.BYTES];
        try (BloscDecoder decoder = new BloscDecoder()) {
            assertThat(decoder.decode(stored, 0, stored.length, out, out.length))
                    .isEqualTo(out.length);
        }

        int[] values = new int[elements];
        ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
        for (int element = 0; element < elements; element++) {
            assertThat(values[element]).as("element %d", element).isEqualTo(element / 4);
        }
    }

    /// As Blosc 2 writes them: the same first sixteen bytes, other meanings behind them.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5, 255})
    void otherFormatsAreRefused(int format) {
        byte[] stored = HexFormat.of().parseHex("%02x01020404000000040000001400000001020304".formatted(format));
        try (BloscDecoder decoder = new BloscDecoder()) {
            assertThatThrownBy(() -> decoder.decode(stored, 0, stored.length, new byte[4], 4))
                    .isInstanceOf(Malformed.class)
                    .hasMessageContaining("of format %d instead of 2".formatted(format));
        }
    }
}
