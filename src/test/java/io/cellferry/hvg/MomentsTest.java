package io.cellferry.hvg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.StorageFailed;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.ValueType;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sums of whole counts are exact, so nothing about how they were added shows in them; a stored state is read back as
/// it was or not at all.
class MomentsTest {

    private static final int CELLS = 97;
    private static final int GENES = 23;

    @ParameterizedTest
    @EnumSource(Flavor.class)
    void blockSizeChangesNoBit(Flavor flavor) {
        for (int rangeCells : new int[] {CELLS, 40}) {
            byte[] whole = Selecting.bytes(selecting(flavor).ranges(rangeCells).over(start(flavor)));
            for (int blockCells : new int[] {1, 7, 32}) {
                byte[] blocks = Selecting.bytes(
                        selecting(flavor).ranges(rangeCells).blocks(blockCells).over(start(flavor)));
                assertThat(blocks).as("%d cells a block", blockCells).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Flavor.class,
            names = {"SEURAT_V3", "PEARSON_RESIDUALS"})
    void rangesOfWholeCountsChangeNoBit(Flavor flavor) {
        byte[] whole = Selecting.bytes(selecting(flavor).over(start(flavor)));

        for (int rangeCells : new int[] {1, 10, 64}) {
            assertThat(Selecting.bytes(selecting(flavor).ranges(rangeCells).over(start(flavor))))
                    .as("%d cells a range", rangeCells)
                    .isEqualTo(whole);
        }
    }

    @Test
    void threadsChangeNoBit() {
        Flavor flavor = Flavor.SEURAT_V3;
        byte[] alone = Selecting.bytes(range(flavor, 0, CELLS));

        for (int round = 0; round < 5; round++) {
            List<Moments> ranges = IntStream.range(0, 14)
                    .parallel()
                    .mapToObj(i -> range(flavor, 7 * i, Math.min(CELLS, 7 * i + 7)))
                    .toList();
            Moments merged = ranges.getFirst();
            ranges.stream().skip(1).forEach(merged::merge);
            assertThat(Selecting.bytes(merged)).isEqualTo(alone);
        }
    }

    @Test
    void residualDifferencesDoNotDependOnRangesEither() {
        Flavor flavor = Flavor.PEARSON_RESIDUALS;
        SecondPass second = selection(flavor)
                .secondPass(selecting(flavor).over(start(flavor)))
                .orElseThrow();
        byte[] whole = Selecting.bytes(selecting(flavor).over(second::from));

        for (int rangeCells : new int[] {1, 10, 64}) {
            assertThat(Selecting.bytes(selecting(flavor).ranges(rangeCells).over(second::from)))
                    .isEqualTo(whole);
        }
    }

    @Test
    void countsAddUpInAnyOrder() {
        long seed = 4711;
        var random = new SplittableRandom(seed);
        List<GeneSums> parts = new ArrayList<>();
        List<Tails> tails = new ArrayList<>();
        for (int part = 0; part < 30; part++) {
            var sums = new GeneSums(SumKind.WHOLE, 3);
            var kept = new Tails(3, 4);
            for (int cell = 0; cell < 50; cell++) {
                int[] counts = {random.nextInt(5), random.nextInt(1 << 30), random.nextInt(Integer.MAX_VALUE)};
                sums.addCell();
                sums.addWhole(new int[] {0, 1, 2}, 0, counts, 3);
                kept.addRow(new int[] {0, 1, 2}, 0, counts, 3);
            }
            parts.add(sums);
            tails.add(kept);
        }

        long[] first = null;
        int[][] firstKept = null;
        for (int round = 0; round < 5; round++) {
            var sums = new GeneSums(SumKind.WHOLE, 3);
            var kept = new Tails(3, 4);
            parts.forEach(sums::merge);
            tails.forEach(kept::merge);
            int[][] sorted = {kept.sorted(0), kept.sorted(1), kept.sorted(2)};
            first = first == null ? sums.words() : first;
            firstKept = firstKept == null ? sorted : firstKept;
            assertThat(sums.words()).as("seed %d", seed).isEqualTo(first);
            assertThat(sorted).as("seed %d", seed).isDeepEqualTo(firstKept);
            Collections.shuffle(parts, new Random(round));
            Collections.shuffle(tails, new Random(round));
        }
    }

    /// Squares of the largest counts need more than 64 bits when five are added.
    @Test
    void sumsOfTheLargestCountsAreExact() {
        int most = Integer.MAX_VALUE - 1;
        var sums = new GeneSums(SumKind.WHOLE, 1);
        BigInteger squares = BigInteger.ZERO;
        BigInteger sum = BigInteger.ZERO;
        for (int cell = 0; cell < 1000; cell++) {
            int count = most - cell % 7;
            sums.addCell();
            sums.addWhole(new int[] {0}, 0, new int[] {count}, 1);
            sum = sum.add(BigInteger.valueOf(count));
            squares = squares.add(BigInteger.valueOf(count).pow(2));
        }

        assertThat(sums.sum(0)).isEqualTo(sum.doubleValue());
        assertThat(sums.squares(0)).isEqualTo(squares.doubleValue());
        BigInteger spread = squares.multiply(BigInteger.valueOf(1000)).subtract(sum.pow(2));
        double variance = new BigDecimal(spread)
                .divide(new BigDecimal(1000 * 999), MathContext.DECIMAL128)
                .doubleValue();
        assertThat(sums.variance(0)).isCloseTo(variance, org.assertj.core.data.Percentage.withPercentage(1e-13));
    }

    @Test
    void aConstantGeneHasNoVarianceAtAll() {
        var sums = new GeneSums(SumKind.WHOLE, 1);
        for (int cell = 0; cell < 999; cell++) {
            sums.addCell();
            sums.addWhole(new int[] {0}, 0, new int[] {123_457}, 1);
        }

        assertThat(sums.variance(0)).isZero();
    }

    @Test
    void takenOutCountsWereNeverThere() {
        var all = new GeneSums(SumKind.WHOLE, 1);
        var without = new GeneSums(SumKind.WHOLE, 1);
        int[] large = {Integer.MAX_VALUE - 1, 2_000_000_000, 1_999_999_999, 1_000_000_007, 77};
        for (int count : large) {
            all.addWhole(new int[] {0}, 0, new int[] {count}, 1);
        }
        all.addWhole(new int[] {0}, 0, new int[] {3}, 1);
        without.addWhole(new int[] {0}, 0, new int[] {3}, 1);

        all.takeOut(0, large, 0, large.length);

        assertThat(all.sum(0)).isEqualTo(3);
        assertThat(all.squares(0)).isEqualTo(9);
        assertThat(Arrays.copyOf(all.words(), 2)).isEqualTo(Arrays.copyOf(without.words(), 2));
    }

    @Test
    void fixedPointSumsMayBecomeNegative() {
        var sums = new GeneSums(SumKind.FIXED, 1);
        sums.addFixed(0, 5, -7);
        sums.addFixed(0, 6, 3);
        sums.addFixed(0, -20, -(1L << 62));
        sums.addFixed(0, 0, -(1L << 62));
        sums.addFixed(0, 0, -(1L << 62));

        assertThat(sums.sum(0)).isEqualTo(-9);
        assertThat(sums.squares(0)).isEqualTo(-3 * 0x1p62 - 4);
        sums.addFixed(0, 0, 1L << 62);
        sums.addFixed(0, 0, 1L << 62);
        sums.addFixed(0, 0, 1L << 62);
        assertThat(sums.squares(0)).isEqualTo(-4);
    }

    @Test
    void theLargestCountsAboveOneAreKept() {
        long seed = 12;
        var random = new SplittableRandom(seed);
        var tails = new Tails(1, 5);
        int[] counts = IntStream.range(0, 200).map(i -> random.nextInt(1, 60)).toArray();
        for (int count : counts) {
            tails.addRow(new int[] {0}, 0, new int[] {count}, 1);
        }

        Arrays.sort(counts);
        assertThat(tails.sorted(0)).as("seed %d", seed).isEqualTo(Arrays.copyOfRange(counts, 195, 200));
        assertThat(tails.mayMiss(0, counts[195] - 0.5)).isTrue();
        assertThat(tails.mayMiss(0, counts[195])).isFalse();

        var few = new Tails(1, 5);
        few.addRow(new int[] {0, 0, 0}, 0, new int[] {1, 1, 9}, 3);
        assertThat(few.sorted(0)).containsExactly(0, 0, 0, 0, 9);
        assertThat(few.mayMiss(0, 1)).isFalse();
    }

    @Test
    void rangesAreMergedFromFirstToLast() {
        Flavor flavor = Flavor.SEURAT_V3;
        Moments first = range(flavor, 0, 10);
        Moments third = range(flavor, 20, 30);

        assertThatThrownBy(() -> first.merge(third))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cells [20, 30) do not follow [0, 10)");
        assertThatThrownBy(() -> first.merge(range(Flavor.PEARSON_RESIDUALS, 10, 20)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Flavor.class,
            names = {"CELL_RANGER", "SEURAT_V3", "PEARSON_RESIDUALS"})
    void aDamagedStateIsRefused(Flavor flavor) {
        byte[] stored = Selecting.bytes(range(flavor, 0, 10));
        assertThat(Selecting.bytes(Moments.read(new ByteArrayInputStream(stored))))
                .isEqualTo(stored);

        for (int at = 0; at < stored.length; at++) {
            byte[] flipped = stored.clone();
            flipped[at] ^= 4;
            assertThatThrownBy(() -> Moments.read(new ByteArrayInputStream(flipped)))
                    .as("byte %d", at)
                    .isInstanceOf(StorageFailed.class);
        }
        for (int length = 0; length < stored.length; length += 5) {
            byte[] cut = Arrays.copyOf(stored, length);
            assertThatThrownBy(() -> Moments.read(new ByteArrayInputStream(cut)))
                    .as("first %d bytes", length)
                    .isInstanceOf(StorageFailed.class);
        }
    }

    @Test
    void aStateTakesWhatWasAnnounced() {
        long stored = Selecting.bytes(range(Flavor.SEURAT_V3, 0, 10)).length;
        long announced = 3 * Moments.batchBytes(GENES, HvgSelection.KEPT);

        assertThat(stored).isBetween(announced - 3 * 4 * GENES, announced + 200);
    }

    private static Moments range(Flavor flavor, int from, int to) {
        var block = new CsrBlock(ValueType.FLOAT32);
        rows(flavor).read(new CellRange(from, to), block);
        MomentPass pass = start(flavor).at(from);
        pass.add(block);
        return pass.moments();
    }

    private static SecondPass.Start start(Flavor flavor) {
        return cell -> selection(flavor).firstPass(cell, batches().all(), HvgSelection.KEPT);
    }

    private static HvgSelection selection(Flavor flavor) {
        WrittenOut rows = rows(flavor);
        return HvgSelection.of(HvgSettings.of(flavor), "test", rows.valueType(), rows.geneNames(), batches());
    }

    private static Selecting selecting(Flavor flavor) {
        WrittenOut rows = rows(flavor);
        return new Selecting(rows, rows.geneNames(), batches(), HvgSettings.of(flavor));
    }

    /// Three batches side by side, and every tenth cell in none.
    private static CellBatches batches() {
        return CellBatches.of(
                List.of("c", "a", "b"),
                IntStream.range(0, CELLS)
                        .map(cell -> cell % 10 == 9 ? -1 : cell % 3)
                        .toArray());
    }

    private static WrittenOut rows(Flavor flavor) {
        WrittenOut counts = WrittenOut.counts(31, CELLS, GENES);
        return flavor.wantsCounts() ? counts : counts.logged();
    }
}
