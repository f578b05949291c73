package io.cellferry.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/// Zlib streams give what was put in, whichever library decodes them, in no more memory than the caller's.
class ZlibDecoderTest {

    private static byte[] deflated(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(plain);
        }
        return bytes.toByteArray();
    }

    @Test
    void chunksOfEverySizeComeBackAndMayBeShorterThanTheRoom() throws IOException {
        try (ZlibDecoder decoder = new ZlibDecoder()) {
            for (int size : new int[] {0, 1, 5, 16_383, 16_384, 16_385, 100_000, 3}) {
                byte[] plain = new byte[size];
                new SplittableRandom(size).nextBytes(plain);
                byte[] stored = deflated(plain);
                byte[] out = new byte[size + 9];

                int made = decoder.decode(stored, 0, stored.length, out, size + 1);

                assertThat(Arrays.copyOf(out, made)).as("%,d bytes", size).isEqualTo(plain);
            }
        }
    }

    @Test
    void moreThanTheRoomIsRefused() throws IOException {
        byte[] stored = deflated(new byte[50_000]);
        try (ZlibDecoder decoder = new ZlibDecoder()) {
            assertThatThrownBy(() -> decoder.decode(stored, 0, stored.length, new byte[60_000], 49_999))
                    .isInstanceOf(Malformed.class)
                    .hasMessageContaining("more than the 49,999 bytes");
        }
    }

    /// A whole plane may lie in one strip: what the caller has room for is all there is.
    @Test
    void aHugeChunkTakesNoMemoryOfItsOwn() throws IOException {
        int size = 32 << 20;
        byte[] stored = deflated(new byte[size]);
        byte[] out = new byte[size];
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (ZlibDecoder decoder = new ZlibDecoder()) {
            long before = thread.getCurrentThreadAllocatedBytes();
            int made = decoder.decode(stored, 0, stored.length, out, size);

            assertThat(made).isEqualTo(size);
            assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
        }
    }
}
