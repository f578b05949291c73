package io.cellferry.hvg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Counting small counts up first and adding them later shows in no bit: sums and largest counts are those of adding
/// each count by itself.
class SmallCountsTest {

    private static final int GENES = 5;
    private static final int KEPT = 4;

    @Test
    void manyCellsAddUpToWhatEachAddsByItself() {
        long seed = 20;
        var random = new SplittableRandom(seed);
        Moments.Batch one = batch();
        Moments.Batch another = batch();
        SmallCounts small = new SmallCounts(one);
        // More than fit one place of one count, which gene 0 has in every cell.
        for (int cell = 0; cell < 70_000; cell++) {
            int[] counts = {15, random.nextInt(18), random.nextInt(8), random.nextInt(40), random.nextInt(2)};
            add(small, one, counts, random.nextBoolean());
            another.sums().addWhole(genes(), 0, counts, GENES);
            tails(another).addRow(genes(), 0, counts, GENES);
        }

        small.settle();

        assertThat(one.sums().words())
                .as("seed %d", seed)
                .isEqualTo(another.sums().words());
        for (int gene = 0; gene < GENES; gene++) {
            assertThat(tails(one).sorted(gene))
                    .as("gene %d", gene)
                    .isEqualTo(tails(another).sorted(gene));
        }
        assertThat(small.largest()).isEqualTo(15);
    }

    @Test
    void settlingTwiceAddsNothing() {
        Moments.Batch batch = batch();
        SmallCounts small = new SmallCounts(batch);
        add(small, batch, new int[] {1, 2, 7, 8, 16}, true);

        small.settle();
        long[] once = batch.sums().words().clone();
        small.settle();

        assertThat(batch.sums().words()).isEqualTo(once);
        assertThat(batch.sums().sum(3)).isEqualTo(8);
        assertThat(batch.sums().squares(4)).isEqualTo(256);
    }

    @ParameterizedTest
    @EnumSource(ValueType.class)
    void everyTypeOfValuesGivesTheSameSums(ValueType type) {
        assertThat(Selecting.bytes(sums(type, CellBatches.none(3))))
                .isEqualTo(Selecting.bytes(sums(ValueType.FLOAT32, CellBatches.none(3))));
    }

    /// Each batch of so many genes could have small counts of 6 MiB of its own, but not two.
    @Test
    void batchesWithoutRoomForSmallCountsGetTheSameSums() {
        CellBatches batches = CellBatches.of(List.of("a", "b"), new int[] {1, 0, 0});
        int genes = 200_000;
        assertThat(FirstPass.smallBytes(genes, 2)).isEqualTo(SmallCounts.bytes(genes));

        Moments both = sums(ValueType.FLOAT32, batches, genes);

        // Batch b is seen first and has the room; batch a has none.
        assertThat(batch(both, 0).sums().sum(genes - 1)).isEqualTo(2 * 300);
        assertThat(batch(both, 0).sums().sum(0)).isEqualTo(2);
        assertThat(batch(both, 1).sums().sum(0)).isEqualTo(1);
        assertThat(batch(both, 0).sums().counted(2)).isEqualTo(2);
        assertThat(batch(both, 0).sums().squares(2)).isEqualTo(2 * 81);
        assertThat(batch(both, 1).sums().squares(2)).isEqualTo(81);
        assertThat(tails(batch(both, 0)).sorted(2)).endsWith(0, 9, 9);
        assertThat(tails(batch(both, 1)).sorted(2)).endsWith(0, 0, 9);
        assertThat(both.survey().largest()).isEqualTo(300);
    }

    @Test
    void theLargestOfSmallCountsIsSeen() {
        var block = block(ValueType.FLOAT32, 1, GENES, new double[] {0, 3, 1, 2, 9});

        MomentPass pass =
                selection(ValueType.FLOAT32, CellBatches.none(1), GENES).firstPass(0, new BatchRange(0, 1), KEPT);
        pass.add(block);

        assertThat(pass.moments().survey()).isEqualTo(new ValueSurvey(5, 0, 0, 9));
    }

    @Test
    void whatIsNoCountIsRefusedByItsPlace() {
        for (double bad : new double[] {0.5, -1, 6.9999995, 1e10, Double.NaN, Double.POSITIVE_INFINITY}) {
            var block = block(ValueType.FLOAT32, 1, GENES, new double[] {1, 2, 3, bad, 0.25});
            MomentPass pass =
                    selection(ValueType.FLOAT32, CellBatches.none(1), GENES).firstPass(0, new BatchRange(0, 1), KEPT);

            assertThatThrownBy(() -> pass.add(block))
                    .as("%s", bad)
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("cell 0, gene 3 (both counted from 0): expected a count");
        }
    }

    private static void add(SmallCounts small, Moments.Batch batch, int[] counts, boolean asFloats) {
        int[] bits = IntStream.of(counts).map(Float::floatToRawIntBits).toArray();
        int left = asFloats ? small.addFloats(genes(), bits, 0, GENES) : small.addCounts(genes(), 0, counts, GENES);
        batch.addCounts(genes(), 0, counts, small.left(), left);
    }

    private static Moments sums(ValueType type, CellBatches batches) {
        return sums(type, batches, GENES);
    }

    private static Moments sums(ValueType type, CellBatches batches, int genes) {
        MomentPass pass = selection(type, batches, genes).firstPass(0, batches.all(), KEPT);
        pass.add(block(type, 3, genes, new double[] {1, 0, 9, 15, 300}));
        return pass.moments();
    }

    private static HvgSelection selection(ValueType type, CellBatches batches, int genes) {
        List<String> names =
                IntStream.range(0, genes).mapToObj(gene -> "g" + gene).toList();
        return HvgSelection.of(HvgSettings.of(Flavor.SEURAT_V3), "test", type, names, batches);
    }

    /// Cells that all have these values in the first genes, and the last value in the last gene.
    private static CsrBlock block(ValueType type, int cells, int genes, double[] values) {
        var block = new CsrBlock(type);
        block.reset(new CellRange(0, cells), cells * values.length);
        for (int i = 0; i < cells * values.length; i++) {
            int place = i % values.length;
            block.genes()[i] = place == values.length - 1 ? genes - 1 : place;
            double value = values[place];
            switch (type) {
                case FLOAT32 -> block.values().four()[i] = Float.floatToRawIntBits((float) value);
                case FLOAT64 -> block.values().eight()[i] = Double.doubleToRawLongBits(value);
                case INT32, UINT32 -> block.values().four()[i] = (int) value;
                case INT64, UINT64 -> block.values().eight()[i] = (long) value;
            }
            block.rowStarts()[1 + i / values.length] = i + 1;
        }
        return block;
    }

    private static Moments.Batch batch() {
        return new Moments.Batch(new GeneSums(SumKind.WHOLE, GENES), new Tails(GENES, KEPT), null);
    }

    private static Moments.Batch batch(Moments moments, int batch) {
        return java.util.Objects.requireNonNull(moments.batch(batch));
    }

    private static Tails tails(Moments.Batch batch) {
        return java.util.Objects.requireNonNull(batch.tails());
    }

    private static int[] genes() {
        int[] genes = new int[GENES];
        Arrays.setAll(genes, gene -> gene);
        return genes;
    }
}
