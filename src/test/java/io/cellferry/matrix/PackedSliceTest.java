package io.cellferry.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every entry has the bytes that the layout says, worked out here without tables, and is read back.
class PackedSliceTest {

    /// On both sides of every border: of the forms, of one and two varint bytes, of the table of small entries.
    private static final int[] GAPS = {1, 2, 15, 16, 17, 31, 32, 33, 126, 127, 128, 129, 16_383, 16_384, 65_536};

    private static final int[] COUNTS = {0, 1, 6, 7, 8, 14, 15, 16, 126, 127, 128, 16_383, 16_384, Integer.MAX_VALUE};

    @Test
    void everyFormOfEntryHasTheBytesOfTheLayout() {
        for (int gap : GAPS) {
            for (int count : COUNTS) {
                assertEntry(gap, count);
            }
        }
    }

    @Test
    void everySmallEntryHasTheBytesOfTheLayout() {
        for (int gap = 1; gap < 130; gap++) {
            for (int count = 0; count < 130; count++) {
                assertEntry(gap, count);
            }
        }
    }

    @Test
    void anEntryThatIsWrittenLeavesTheOnesBeforeItAlone() {
        byte[] out = new byte[3 * 9];
        long[] tokens = {token(0, 300), token(1, 1), token(400, 7)};

        int end = PackedSlice.packCounts(tokens, 0, 3, out, 0);

        // gap 1 + varint 300; gap 1 and count 1; count 7 + varint 399.
        assertThat(java.util.Arrays.copyOf(out, end))
                .isEqualTo(new byte[] {(byte) 224, (byte) 0xac, 2, 0, (byte) 246, (byte) 0x8f, 3});
    }

    @Test
    void aGapThatDoesNotAscendIsRefused() {
        long[] twice = {token(5, 3), token(5, 3)};
        long[] back = {token(5, 3), token(4, 3)};

        assertThatThrownBy(() -> PackedSlice.packCounts(twice, 0, 2, new byte[18], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the same gene twice");
        assertThatThrownBy(() -> PackedSlice.packCounts(back, 0, 2, new byte[18], 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertEntry(int gap, int count) {
        // Room for one entry and not a byte more: what is written beyond the entry must fit too.
        byte[] out = new byte[9];
        int end = PackedSlice.packCounts(new long[] {token(gap - 1, count)}, 0, 1, out, 0);
        List<Byte> found = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            found.add(out[i]);
        }
        int[] cells = new int[1];
        int[] counts = new int[1];
        int read = UnpackedSlice.unpackCounts(out, 0, 1, 100, cells, 0, counts);

        assertThat(found).as("gap %d, count %d", gap, count).isEqualTo(expected(gap, count));
        assertThat(new int[] {read, cells[0], counts[0]})
                .as("gap %d, count %d", gap, count)
                .isEqualTo(new int[] {end, 99 + gap, count});
    }

    private static List<Byte> expected(int gap, int count) {
        List<Byte> bytes = new ArrayList<>();
        if (gap <= 32 && count >= 1 && count <= 7) {
            bytes.add((byte) ((gap - 1) * 7 + count - 1));
        } else if (gap <= 16) {
            bytes.add((byte) (223 + gap));
            varint(count, bytes);
        } else if (count >= 1 && count <= 15) {
            bytes.add((byte) (239 + count));
            varint(gap, bytes);
        } else {
            bytes.add((byte) 255);
            varint(gap, bytes);
            varint(count, bytes);
        }
        return bytes;
    }

    private static void varint(int value, List<Byte> bytes) {
        int rest = value;
        for (; rest > 127; rest /= 128) {
            bytes.add((byte) (rest % 128 + 128));
        }
        bytes.add((byte) rest);
    }

    private static long token(int cell, int count) {
        return (long) cell << 32 | count;
    }
}
