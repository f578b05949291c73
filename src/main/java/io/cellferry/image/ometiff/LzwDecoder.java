package io.cellferry.image.ometiff;

import io.cellferry.codec.Decoder;
import io.cellferry.codec.Malformed;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// LZW as TIFF 6.0 has it: codes of 9 to 12 bits, highest bit first, growing one code early; 256 clears the table, 257
/// ends.
///
/// The table does not hold strings. Of each it keeps the first eight bytes in a long and the place in the output where
/// it was last written whole. So most strings, which are short, cost one store of eight bytes, of which the next string
/// overwrites what is too much; only longer ones are copied from earlier output.
final class LzwDecoder implements Decoder {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST_FREE = 258;
    private static final int CODES = 4096;

    /// For each code, side by side so that both come with one cache line: the first eight bytes of its string; then
    /// where it was last written, times 2^16, plus its length, which 4,096 codes keep far below 2^16. 4,096 codes x
    /// 16 bytes = 64 KiB
    private final long[] strings = new long[2 * CODES];

    LzwDecoder() {
        for (int code = 0; code < CLEAR; code++) {
            strings[2 * code] = code;
            strings[2 * code + 1] = 1;
        }
    }

    @Override
    public int decode(byte[] in, int from, int count, byte[] out, int room) {
        if (count >= 2 && in[from] == 0 && (in[from + 1] & 1) == 1) {
            throw new Malformed(
                    "codes are stored from the lowest bit up, the LZW of before TIFF 6.0, which is not read");
        }
        int end = from + count;
        long bit = from * 8L;
        long lastBit = end * 8L;
        int width = 9;
        int next = FIRST_FREE;
        int made = 0;
        // The string before this one; none right after the table was cleared.
        int beforeLength = 0;
        int beforePlace = 0;
        long beforeEight = 0;
        while (bit + width <= lastBit) {
            int at = (int) (bit >>> 3);
            long word = at <= end - 8 ? (long) BIG_LONGS.get(in, at) : lastBytes(in, at, end);
            int code = (int) (word << (bit & 7) >>> (64 - width));
            bit += width;
            if (code == END) {
                return made;
            }
            if (code == CLEAR) {
                width = 9;
                next = FIRST_FREE;
                beforeLength = 0;
                continue;
            }
            if (beforeLength > 0) {
                if (code > next) {
                    throw new Malformed("LZW code %d comes before it is defined, %,d bytes in".formatted(code, made));
                }
                if (next < CODES) {
                    long last = code == next ? beforeEight : strings[2 * code];
                    strings[2 * next] =
                            beforeLength < 8 ? beforeEight | (last & 255) << (beforeLength * 8) : beforeEight;
                    strings[2 * next + 1] = (long) beforePlace << 16 | beforeLength + 1;
                    next++;
                    // One code early: the writer is one string ahead of the reader.
                    if (next + 1 >= 1 << width && width < 12) {
                        width++;
                    }
                }
            } else if (code > CLEAR) {
                throw new Malformed("LZW code %d comes right after the table was cleared".formatted(code));
            }
            long eight = strings[2 * code];
            long placeAndLength = strings[2 * code + 1];
            int length = (int) placeAndLength & 0xFFFF;
            if (length > room - made) {
                throw new Malformed("LZW data hold more than the %,d bytes expected".formatted(room));
            }
            if (length <= 8 && made <= out.length - 8) {
                LONGS.set(out, made, eight);
            } else {
                write(eight, (int) (placeAndLength >>> 16), length, out, made);
            }
            beforeEight = eight;
            beforeLength = length;
            beforePlace = made;
            made += length;
        }
        // Some writers leave the end code out; the caller knows how many bytes there must be.
        return made;
    }

    /// The last bytes of the input as the highest of a long.
    private static long lastBytes(byte[] in, int at, int end) {
        long word = 0;
        for (int index = 0; index < 8; index++) {
            word = word << 8 | (at + index < end ? in[at + index] & 255 : 0);
        }
        return word;
    }

    /// A string that is long or lies at the very end of the array. Writes eight bytes at a time, beyond the string
    /// where the array has room: the next string overwrites them.
    private static void write(long eight, int place, int length, byte[] out, int at) {
        if (length <= 8) {
            for (int index = 0; index < length; index++) {
                out[at + index] = (byte) (eight >>> (index * 8));
            }
            return;
        }
        // A string that contains its own end begins at least eight bytes earlier, so steps of eight never read what
        // they have not written yet.
        int source = place;
        int end = at + length;
        int to = at;
        while (to <= out.length - 8 && to < end) {
            LONGS.set(out, to, (long) LONGS.get(out, source));
            to += 8;
            source += 8;
        }
        while (to < end) {
            out[to++] = out[source++];
        }
    }
}
