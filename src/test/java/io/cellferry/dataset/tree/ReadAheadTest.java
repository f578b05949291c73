package io.cellferry.dataset.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Chunks that lie side by side in more bytes than a cursor keeps are decoded for many rows at once, however few are
/// asked for, and every value arrives where it belongs.
class ReadAheadTest {

    /// 1,000 rows in chunks of 400 x 1: bands of 1,200, 1,200 and 600 elements.
    private static final long[] SHAPE = {1_000, 3};

    private static final ReadAhead SMALL =
            ReadAhead.of(ValueType.INT64, SHAPE, new long[] {400, 1}).orElseThrow();

    /// What was read of the array: `[from, to)`.
    private final List<String> reads = new ArrayList<>();

    @Test
    void aBandIsReadOnceForAllItsRows() {
        try (ArrayCursor cursor = SMALL.over(new Counting(3_000))) {
            for (int row = 0; row < 1_000; row++) {
                assertThat(values(cursor, row * 3L, 3)).containsExactly(row * 3L, row * 3L + 1, row * 3L + 2);
            }
        }

        assertThat(reads).containsExactly("[0, 1200)", "[1200, 2400)", "[2400, 3000)");
    }

    @Test
    void aRangeMayLieAcrossBands() {
        try (ArrayCursor cursor = SMALL.over(new Counting(3_000))) {
            values(cursor, 1_000, 10);
            assertThat(values(cursor, 1_190, 1_300))
                    .hasSize(1_300)
                    .startsWith(1_190)
                    .endsWith(2_489);
        }

        // The second band is asked for as a whole, so it is not held.
        assertThat(reads).containsExactly("[1000, 1200)", "[1200, 2400)", "[2400, 3000)");
    }

    @Test
    void aJumpBackIsReadAgain() {
        try (ArrayCursor cursor = SMALL.over(new Counting(3_000))) {
            values(cursor, 900, 3);
            assertThat(values(cursor, 600, 3)).containsExactly(600, 601, 602);
            assertThat(values(cursor, 1_197, 3)).containsExactly(1_197, 1_198, 1_199);
        }

        assertThat(reads).containsExactly("[900, 1200)", "[600, 1200)");
    }

    @Test
    void aLongRangeIsReadWithoutBeingHeld() {
        try (ArrayCursor cursor = SMALL.over(new Counting(3_000))) {
            assertThat(values(cursor, 0, 3_000)).hasSize(3_000).endsWith(2_999);
        }

        assertThat(reads).containsExactly("[0, 1200)", "[1200, 2400)", "[2400, 3000)");
    }

    /// 2^26 bytes hold 8,388,608 values of eight bytes: a band of 20 M is read three times, not once a row.
    @Test
    void aLargeBandIsReadInAsFewPartsAsMemoryHolds() {
        ReadAhead large = ReadAhead.of(ValueType.INT64, new long[] {200_000, 100}, new long[] {200_000, 1})
                .orElseThrow();

        try (ArrayCursor cursor = large.over(new Counting(20_000_000))) {
            for (long from = 0; from < 20_000_000; from += 1_000) {
                assertThat(values(cursor, from, 1_000)).startsWith(from).endsWith(from + 999);
            }
        }

        assertThat(reads).containsExactly("[0, 8388608)", "[8388608, 16777216)", "[16777216, 20000000)");
        assertThat(large.decodings()).isEqualTo(3);
        assertThat(large.heapBytes()).isEqualTo(1 << 26);
    }

    /// Values of four bytes are twice as many, and a smaller band takes no more than itself.
    @Test
    void memoryIsBoundedByTheBandToo() {
        assertThat(new ReadAhead(ValueType.FLOAT32, 16_777_217, 16_777_217).decodings())
                .isEqualTo(2);
        assertThat(SMALL.heapBytes()).isEqualTo(1_200 * 8);
        assertThat(SMALL.decodings()).isEqualTo(1);
    }

    @Test
    void nothingIsReadAheadWhereChunksFollowOneAnother() {
        assertThat(ReadAhead.of(ValueType.INT64, SHAPE, new long[] {400, 3})).isEmpty();
        assertThat(ReadAhead.of(ValueType.INT64, SHAPE, new long[] {1, 1})).isEmpty();
        assertThat(ReadAhead.of(ValueType.INT64, new long[] {7, 5, 4}, new long[] {1, 3, 4}))
                .isEmpty();
        assertThat(ReadAhead.of(ValueType.INT64, new long[] {9}, new long[] {2}))
                .isEmpty();
    }

    /// Each plane of 5 x 4 has two rows of chunks of 2 x 4 elements, and one of 1 x 4.
    @Test
    void bandsBeginAnewWithEachPlane() {
        ReadAhead planes = ReadAhead.of(ValueType.INT64, new long[] {3, 5, 4}, new long[] {1, 2, 3})
                .orElseThrow();
        assertThat(planes).isEqualTo(new ReadAhead(ValueType.INT64, 8, 20));

        try (ArrayCursor cursor = planes.over(new Counting(60))) {
            for (long row = 0; row < 15; row++) {
                assertThat(values(cursor, row * 4, 4)).startsWith(row * 4).endsWith(row * 4 + 3);
            }
        }

        assertThat(reads)
                .containsExactly(
                        "[0, 8)",
                        "[8, 16)",
                        "[16, 20)",
                        "[20, 28)",
                        "[28, 36)",
                        "[36, 40)",
                        "[40, 48)",
                        "[48, 56)",
                        "[56, 60)");
    }

    @Test
    void whatTheArrayDoesNotHaveIsRefusedByItsCursor() {
        try (ArrayCursor cursor = SMALL.over(new Counting(3_000))) {
            values(cursor, 0, 3);
            assertThatThrownBy(() -> values(cursor, 2_999, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> cursor.read(0, 1, new ValueBuffer(ValueType.FLOAT32, 1), 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static long[] values(ArrayCursor cursor, long from, int elements) {
        ValueBuffer into = new ValueBuffer(ValueType.INT64, elements + 1);
        cursor.read(from, elements, into, 1);
        long[] values = new long[elements];
        System.arraycopy(into.eight(), 1, values, 0, elements);
        return values;
    }

    /// Delivers each element's own position, and writes down what it was asked for.
    private final class Counting implements ArrayCursor {

        private final long count;

        Counting(long count) {
            this.count = count;
        }

        @Override
        public long count() {
            return count;
        }

        @Override
        public int valuesPerElement() {
            return 1;
        }

        @Override
        public void read(long from, int elements, ValueBuffer into, int at) {
            if (from > count - elements) {
                throw new IndexOutOfBoundsException();
            }
            if (into.type() != ValueType.INT64) {
                throw new IllegalArgumentException();
            }
            reads.add("[%d, %d)".formatted(from, from + elements));
            for (int i = 0; i < elements; i++) {
                into.eight()[at + i] = from + i;
            }
        }

        @Override
        public long[] readWholes(long from, int elements) {
            throw new AssertionError("not asked for");
        }

        @Override
        public List<String> readTexts(long from, int elements) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void close() {}
    }
}
