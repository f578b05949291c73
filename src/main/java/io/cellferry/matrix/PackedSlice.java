package io.cellferry.matrix;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// How one position's values of one block are packed. The gap is the distance to the previous cell of the slice, for
/// the first one the distance from just before the block, so it is at least 1.
///
/// A *count slice* holds whole counts only, one entry after the other, usually one byte each:
///
/// | first byte | gap | count |
/// |---|---|---|
/// | 0–223 | `byte / 7 + 1` (1–32) | `byte % 7 + 1` (1–7) |
/// | 224–239 | `byte - 223` (1–16) | varint follows |
/// | 240–254 | varint follows | `byte - 239` (1–15) |
/// | 255 | varint follows | second varint follows |
///
/// A *coded slice* holds places in the dictionaries of its cells' rows ([RowDictionaries]), each in place of a count; 0
/// says that the value is in no dictionary. Behind the entries come the values of all zeros as stored, in 4 or 8 bytes
/// each, little end first.
///
/// A *wide slice* holds anything: first all gaps as varints, then all values as stored, in 4 or 8 bytes each, little
/// end first.
///
/// A varint has seven bits per byte, low ones first; the high bit says that another byte follows. Gaps take three bytes
/// at most (a block has 65,536 cells), counts five.
final class PackedSlice {

    private static final int ESCAPED_COUNT = 223;
    private static final int ESCAPED_GAP = 239;
    private static final int ESCAPED_BOTH = 255;
    private static final int ONE_BYTE_GAPS = 32;
    private static final int ONE_BYTE_COUNTS = 7;
    private static final int ESCAPED_COUNT_GAPS = 16;
    private static final int ESCAPED_GAP_COUNTS = 15;

    /// The end of a count slice that cannot be.
    static final int NOT_COUNTS = -1;

    private static final int GAP_BYTES = 3;
    private static final int COUNT_ENTRY_BYTES = 1 + GAP_BYTES + 5;

    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    // What the first byte of an entry says: gap << 8 | count, 0 for what follows in a varint. A look-up is cheaper than
    // dividing by seven.
    private static final int[] FIRST_BYTES = firstBytes();

    // Entries that are unpacked at a time.
    private static final int WORD = Long.BYTES;

    // Each entry with gap and count below 128: its bytes, low ones first, and their number (1-3) in the highest byte; 0
    // where the gap is 0. 64 KiB, of which nearly all look-ups share 2. One look-up has no branch to guess wrong, and
    // where genes alternate, which form an entry takes cannot be guessed.
    private static final int SMALL_BITS = 7;
    private static final int[] SMALL_ENTRIES = smallEntries();

    private PackedSlice() {}

    private static int[] smallEntries() {
        int[] entries = new int[1 << 2 * SMALL_BITS];
        byte[] bytes = new byte[COUNT_ENTRY_BYTES];
        for (int gap = 1; gap < 1 << SMALL_BITS; gap++) {
            for (int count = 0; count < 1 << SMALL_BITS; count++) {
                int end = packLarge(gap, count, bytes, 0);
                int entry = end << 24;
                for (int i = 0; i < end; i++) {
                    entry |= (bytes[i] & 0xff) << i * Byte.SIZE;
                }
                entries[gap << SMALL_BITS | count] = entry;
            }
        }
        return entries;
    }

    private static int[] firstBytes() {
        int[] entries = new int[ESCAPED_BOTH + 1];
        for (int first = 0; first < ESCAPED_BOTH; first++) {
            int gap = first <= ESCAPED_COUNT ? first / ONE_BYTE_COUNTS + 1 : first - ESCAPED_COUNT;
            int count = first <= ESCAPED_COUNT ? first % ONE_BYTE_COUNTS + 1 : first - ESCAPED_GAP;
            entries[first] = (first > ESCAPED_GAP ? 0 : gap << 8) | Math.max(0, count);
        }
        return entries;
    }

    /// The most that values can take each, whichever way a slice is packed: 9 bytes for types of four, 11 for types of
    /// eight. Coded slices are chosen where they take no more than wide ones.
    static int mostBytesPerValue(ValueType type) {
        return Math.max(COUNT_ENTRY_BYTES, GAP_BYTES + type.bytes());
    }

    /// Packs `tokens[from, to)` into `out` from `at` on. Returns the end, or [#NOT_COUNTS] when some are no whole
    /// counts; what was written is then worthless.
    static int packCounts(long[] tokens, int from, int to, byte[] out, int at) {
        int end = at;
        int previous = -1;
        int signs = 0;
        for (int i = from; i < to; i++) {
            int cell = BlockSort.cell(tokens[i]);
            int gap = cell - previous;
            int count = BlockSort.code(tokens[i]);
            end = packEntry(gap, count, out, end);
            previous = cell;
            signs |= count;
        }
        return signs < 0 ? NOT_COUNTS : end;
    }

    /// Packs one entry. Returns the end. Writes four bytes even where the entry has fewer, so `out` needs that room.
    static int packEntry(int gap, int count, byte[] out, int at) {
        if ((gap | count) >>> SMALL_BITS == 0) {
            int entry = SMALL_ENTRIES[gap << SMALL_BITS | count];
            if (entry != 0) {
                FOUR.set(out, at, entry);
                return at + (entry >>> 24);
            }
        }
        return packLarge(gap, count, out, at);
    }

    private static int packLarge(int gap, int count, byte[] out, int at) {
        requireAscending(gap);
        if (gap <= ONE_BYTE_GAPS && count >= 1 && count <= ONE_BYTE_COUNTS) {
            out[at] = (byte) ((gap - 1) * ONE_BYTE_COUNTS + count - 1);
            return at + 1;
        }
        if (gap <= ESCAPED_COUNT_GAPS) {
            out[at] = (byte) (ESCAPED_COUNT + gap);
            return packVarint(count, out, at + 1);
        }
        if (count >= 1 && count <= ESCAPED_GAP_COUNTS) {
            out[at] = (byte) (ESCAPED_GAP + count);
            return packVarint(gap, out, at + 1);
        }
        out[at] = (byte) ESCAPED_BOTH;
        return packVarint(count, out, packVarint(gap, out, at + 1));
    }

    /// Packs the gaps of a wide slice. Returns the end.
    static int packGaps(long[] tokens, int from, int to, byte[] out, int at) {
        int end = at;
        int previous = -1;
        for (int i = from; i < to; i++) {
            int cell = BlockSort.cell(tokens[i]);
            requireAscending(cell - previous);
            end = packVarint(cell - previous, out, end);
            previous = cell;
        }
        return end;
    }

    /// Packs the bits of `count` values from `from` on. Returns the end.
    static int packBits(ValueBuffer values, int from, int count, byte[] out, int at) {
        if (values.type().bytes() == Integer.BYTES) {
            for (int i = 0; i < count; i++) {
                FOUR.set(out, at + i * Integer.BYTES, values.four()[from + i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                EIGHT.set(out, at + i * Long.BYTES, values.eight()[from + i]);
            }
        }
        return at + count * values.type().bytes();
    }

    /// Unpacks a count slice, or the entries of a coded one: cells, with `firstCell` as the first of the block, to
    /// `cells` from `cellsAt` on, counts to the start of `counts`. Returns the end.
    static int unpackCounts(byte[] in, int at, int count, int firstCell, int[] cells, int cellsAt, int[] counts) {
        int end = at;
        int cell = firstCell - 1;
        int i = 0;
        // Eight entries at a time are taken for one-byte ones. Up to the first that is not they are right, and of that
        // one
        // what stands in its first byte; what was written behind it is written again. So a branch can be guessed wrong
        // once in eight entries or once an escape, not twice an entry.
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

    private static int packVarint(int value, byte[] out, int at) {
        int end = at;
        int rest = value;
        while (rest >>> 7 != 0) {
            out[end++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[end++] = (byte) rest;
        return end;
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

    private static void requireAscending(int gap) {
        if (gap < 1) {
            throw new IllegalArgumentException("a cell holds the same gene twice; rows have to reach the transposition"
                    + " with strictly ascending genes");
        }
    }
}
