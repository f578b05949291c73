package io.cellferry.matrix;

import static io.cellferry.matrix.PackedSlice.ESCAPED_BOTH;
import static io.cellferry.matrix.PackedSlice.ESCAPED_COUNT;
import static io.cellferry.matrix.PackedSlice.ESCAPED_GAP;
import static io.cellferry.matrix.PackedSlice.ONE_BYTE_COUNTS;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads back what [PackedSlice] packs; the layout is described there.
final class UnpackedSlice {

    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    // What the first byte of an entry says: gap << 8 | count, 0 for what follows in a varint. A look-up is cheaper than
    // dividing by seven.
    private static final int[] FIRST_BYTES = firstBytes();

    // Entries that are unpacked at a time.
    private static final int WORD = Long.BYTES;

    private UnpackedSlice() {}

    private static int[] firstBytes() {
        int[] entries = new int[ESCAPED_BOTH + 1];
        for (int first = 0; first < ESCAPED_BOTH; first++) {
            int gap = first <= ESCAPED_COUNT ? first / ONE_BYTE_COUNTS + 1 : first - ESCAPED_COUNT;
            int count = first <= ESCAPED_COUNT ? first % ONE_BYTE_COUNTS + 1 : first - ESCAPED_GAP;
            entries[first] = (first > ESCAPED_GAP ? 0 : gap << 8) | Math.max(0, count);
        }
        return entries;
    }

    /// Unpacks a count slice, or the entries of a coded one: cells, with `firstCell` as the first of the block, to
    /// `cells` from `cellsAt` on, counts to the start of `counts`. Returns the end.
    static int unpackCounts(byte[] in, int at, int count, int firstCell, int[] cells, int cellsAt, int[] counts) {
        int end = at;
        int cell = firstCell - 1;
        int i = 0;
        // Eight entries at a time are taken for one-byte ones. Up to the first that is not they are right, and of that
        // one what stands in its first byte; what was written behind it is written again. So a branch can be guessed
        // wrong once in eight entries or once an escape, not twice an entry.
        while (i + WORD <= count && end + WORD + 1 < in.length) {
            long word = (long) EIGHT.get(in, end);
            unpackFirstBytes(word, cell, cells, cellsAt + i, counts, i);
            long escapes = word & word << 1 & word << 2 & 0x8080_8080_8080_8080L;
            if (escapes == 0) {
                i += WORD;
                end += WORD;
                cell = cells[cellsAt + i - 1];
                continue;
            }
            int plain = Long.numberOfTrailingZeros(escapes) >>> 3;
            i += plain;
            end += plain;
            int first = in[end] & 0xff;
            cell = cells[cellsAt + i] - (FIRST_BYTES[first] >>> 8);
            // Where counts are large one escape follows the other.
            while (first > ESCAPED_COUNT) {
                int gap = FIRST_BYTES[first] >>> 8;
                int value = FIRST_BYTES[first] & 0xff;
                int next = in[end + 1];
                if (next >= 0 && first != ESCAPED_BOTH) {
                    int isGap = ESCAPED_GAP - first >> Integer.SIZE - 1;
                    gap += next & isGap;
                    value += next & ~isGap;
                    end += 2;
                } else {
                    end++;
                    if (first > ESCAPED_GAP) {
                        gap = unpackVarint(in, end);
                        end += varintBytes(gap);
                    }
                    if (first <= ESCAPED_GAP || first == ESCAPED_BOTH) {
                        value = unpackVarint(in, end);
                        end += varintBytes(value);
                    }
                }
                cell += gap;
                cells[cellsAt + i] = cell;
                counts[i++] = value;
                first = i < count ? in[end] & 0xff : 0;
            }
        }
        return unpackCounts(in, end, i, count, cell, cells, cellsAt, counts);
    }

    // Written out, because a loop of eight turns is not unrolled and costs as much as what it does.
    private static void unpackFirstBytes(long word, int before, int[] cells, int cellsAt, int[] counts, int countsAt) {
        int cell = unpackFirstByte((int) word & 0xff, before, cells, cellsAt, counts, countsAt);
        cell = unpackFirstByte((int) (word >>> 8) & 0xff, cell, cells, cellsAt + 1, counts, countsAt + 1);
        cell = unpackFirstByte((int) (word >>> 16) & 0xff, cell, cells, cellsAt + 2, counts, countsAt + 2);
        cell = unpackFirstByte((int) (word >>> 24) & 0xff, cell, cells, cellsAt + 3, counts, countsAt + 3);
        cell = unpackFirstByte((int) (word >>> 32) & 0xff, cell, cells, cellsAt + 4, counts, countsAt + 4);
        cell = unpackFirstByte((int) (word >>> 40) & 0xff, cell, cells, cellsAt + 5, counts, countsAt + 5);
        cell = unpackFirstByte((int) (word >>> 48) & 0xff, cell, cells, cellsAt + 6, counts, countsAt + 6);
        unpackFirstByte((int) (word >>> 56), cell, cells, cellsAt + 7, counts, countsAt + 7);
    }

    private static int unpackFirstByte(int first, int before, int[] cells, int cellsAt, int[] counts, int countsAt) {
        int entry = FIRST_BYTES[first];
        cells[cellsAt] = before + (entry >>> 8);
        counts[countsAt] = entry & 0xff;
        return before + (entry >>> 8);
    }

    /// The same one by one, from entry `from` on; `before` is the cell of the entry before.
    private static int unpackCounts(
            byte[] in, int at, int from, int count, int before, int[] cells, int cellsAt, int[] counts) {
        int end = at;
        int cell = before;
        for (int i = from; i < count; i++) {
            int first = in[end++] & 0xff;
            int gap = FIRST_BYTES[first] >>> 8;
            int value = FIRST_BYTES[first] & 0xff;
            if (first > ESCAPED_GAP) {
                gap = unpackVarint(in, end);
                end += varintBytes(gap);
            }
            if (first > ESCAPED_COUNT && first <= ESCAPED_GAP || first == ESCAPED_BOTH) {
                value = unpackVarint(in, end);
                end += varintBytes(value);
            }
            cell += gap;
            cells[cellsAt + i] = cell;
            counts[i] = value;
        }
        return end;
    }

    /// Unpacks the gaps of a wide slice to cells. Returns the end.
    static int unpackGaps(byte[] in, int at, int count, int firstCell, int[] cells, int cellsAt) {
        int end = at;
        int cell = firstCell - 1;
        for (int i = 0; i < count; i++) {
            int gap = unpackVarint(in, end);
            end += varintBytes(gap);
            cell += gap;
            cells[cellsAt + i] = cell;
        }
        return end;
    }

    /// Unpacks the bits of `count` values to `into` from `intoAt` on. Returns the end.
    static int unpackBits(byte[] in, int at, int count, ValueBuffer into, int intoAt) {
        if (into.type().bytes() == Integer.BYTES) {
            int[] four = into.four();
            for (int i = 0; i < count; i++) {
                four[intoAt + i] = (int) FOUR.get(in, at + i * Integer.BYTES);
            }
        } else {
            long[] eight = into.eight();
            for (int i = 0; i < count; i++) {
                eight[intoAt + i] = (long) EIGHT.get(in, at + i * Long.BYTES);
            }
        }
        return at + count * into.type().bytes();
    }

    private static int unpackVarint(byte[] in, int at) {
        int value = in[at];
        if (value >= 0) {
            return value;
        }
        value &= 0x7f;
        int end = at;
        int shift = 7;
        int next;
        do {
            next = in[++end];
            value |= (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    private static int varintBytes(int value) {
        return (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value | 1)) / 7 + 1;
    }
}
