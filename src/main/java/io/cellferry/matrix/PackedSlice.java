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
/// at most (a block has 65,536 cells), counts five. [UnpackedSlice] reads all of it.
final class PackedSlice {

    static final int ESCAPED_COUNT = 223;
    static final int ESCAPED_GAP = 239;
    static final int ESCAPED_BOTH = 255;
    private static final int ONE_BYTE_GAPS = 32;
    static final int ONE_BYTE_COUNTS = 7;
    private static final int ESCAPED_COUNT_GAPS = 16;
    private static final int ESCAPED_GAP_COUNTS = 15;

    /// The end of a count slice that cannot be.
    static final int NOT_COUNTS = -1;

    private static final int GAP_BYTES = 3;
    private static final int COUNT_ENTRY_BYTES = 1 + GAP_BYTES + 5;

    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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

    private static void requireAscending(int gap) {
        if (gap < 1) {
            throw new IllegalArgumentException("a cell holds the same gene twice; rows have to reach the transposition"
                    + " with strictly ascending genes");
        }
    }
}
