package io.cellferry.image.ometiff;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// LZW as TIFF 6.0 has it: codes of 9 to 12 bits, highest bit first, growing one code early; 256 clears the table, 257
/// ends.
///
/// The table does not hold strings. Of each it keeps the first eight bytes in a long and the place in the output where
/// it was last written whole. So most strings, which are short, cost one store of eight bytes, of which the next string
/// overwrites what is too much; only longer ones are copied from earlier output.
final class LzwDecoder implements BlockDecoder {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST_FREE = 258;
    private static final int CODES = 4096;

    // 4,096 codes x 16 bytes = 64 KiB
    private final long[] firstEight = new long[CODES];
    private final int[] places = new int[CODES];
    private final int[] lengths = new int[CODES];

    LzwDecoder() {
        for (int code = 0; code < CLEAR; code++) {
            firstEight[code] = code;
            lengths[code] = 1;
        }
    }

    @Override
    public int decode(byte[] in, int from, int count, byte[] out, int room) {
        if (count >= 2 && in[from] == 0 && (in[from + 1] & 1) == 1) {
            throw new Damaged("codes are stored from the lowest bit up, the LZW of before TIFF 6.0, which is not read");
        }
        int end = from + count;
        int at = from;
        long bits = 0;
        int available = 0;
        int width = 9;
        int next = FIRST_FREE;
        int before = -1;
        int beforePlace = 0;
        int made = 0;
        while (true) {
            if (available < width) {
                if (at <= end - 8) {
                    // Takes as many whole bytes as fit, without a loop.
                    int taken = (63 - available) >>> 3;
                    bits = bits << (taken * 8) | (long) BIG_LONGS.get(in, at) >>> (64 - taken * 8);
                    at += taken;
                    available += taken * 8;
                } else {
                    while (available <= 48 && at < end) {
                        bits = bits << 8 | (in[at++] & 255);
                        available += 8;
                    }
                    if (available < width) {
                        // Some writers leave the end code out; the caller knows how many bytes there must be.
                        return made;
                    }
                }
            }
            available -= width;
            int code = (int) (bits >>> available) & ((1 << width) - 1);
            if (code == END) {
                return made;
            }
            if (code == CLEAR) {
                width = 9;
                next = FIRST_FREE;
                before = -1;
                continue;
            }
            if (before >= 0) {
                if (code > next) {
                    throw new Damaged("LZW code %d comes before it is defined, %,d bytes in".formatted(code, made));
                }
                if (next < CODES) {
                    long last = code == next ? firstEight[before] : firstEight[code];
                    int length = lengths[before];
                    firstEight[next] =
                            length < 8 ? firstEight[before] | (last & 255) << (length * 8) : firstEight[before];
                    places[next] = beforePlace;
                    lengths[next] = length + 1;
                    next++;
                    if (next + 1 >= 1 << width && width < 12) {
                        width++;
                    }
                }
            } else if (code >= CLEAR) {
                throw new Damaged("LZW code %d comes right after the table was cleared".formatted(code));
            }
            int length = lengths[code];
            if (length > room - made) {
                throw new Damaged("LZW data hold more than the %,d bytes expected".formatted(room));
            }
            write(code, length, out, made);
            before = code;
            beforePlace = made;
            made += length;
        }
    }

    /// Writes eight bytes at a time, beyond the string where the array has room: the next string overwrites them.
    private void write(int code, int length, byte[] out, int at) {
        if (length <= 8 && at <= out.length - 8) {
            LONGS.set(out, at, firstEight[code]);
            return;
        }
        if (length <= 8) {
            long first = firstEight[code];
            for (int index = 0; index < length; index++) {
                out[at + index] = (byte) (first >>> (index * 8));
            }
            return;
        }
        // A string that contains its own end begins at least eight bytes earlier, so steps of eight never read what
        // they have not written yet.
        int source = places[code];
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
