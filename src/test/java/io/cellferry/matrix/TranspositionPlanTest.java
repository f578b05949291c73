package io.cellferry.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A plan covers every cell and every position once, in order, in pieces that a worker can hold.
class TranspositionPlanTest {

    @Test
    void blocksFollowTheMatrixAndRangesTheSelection() {
        var matrix = MatrixInMemory.random(new Random(1), ValueType.FLOAT32, 70_000, 3, 0.1, random -> 1);

        var plan = TranspositionPlan.of(matrix, GeneSelection.of(3, new int[] {2, 0}));

        assertThat(plan.blocks()).containsExactly(new CellRange(0, 65_536), new CellRange(65_536, 70_000));
        assertThat(plan.geneRanges()).containsExactly(new GeneRange(0, 2));
        assertThat(plan.genes()).isEqualTo(3);
        assertThat(plan.positions()).isEqualTo(2);
    }

    @Test
    void geneRangesAreAFewDozenAndBeginWhereGroupsBegin() {
        for (int positions : new int[] {0, 1, 16, 17, 1_000, 2_000, 32_285, 60_000}) {
            var matrix = new MatrixInMemory(ValueType.FLOAT32, positions, new int[0][], new long[0][]);

            List<GeneRange> ranges =
                    TranspositionPlan.of(matrix, GeneSelection.all(positions)).geneRanges();

            assertThat(ranges).allSatisfy(range -> {
                assertThat(range.from() % RunFile.GROUP_POSITIONS).isZero();
                assertThat(range.count()).isBetween(1, 512);
            });
            assertThat(ranges.size()).isLessThanOrEqualTo(Math.max(64, positions / 512 + 1));
        }
    }

    @Test
    void smallMatricesAreCutIntoSmallerBlocks() {
        assertThat(blockValues(100_000, 2_000, 0.08)).isEqualTo(1 << 20);
        assertThat(blockValues(100_000, 2_000, 0.2)).isEqualTo(40_000_000 / 16);
        assertThat(blockValues(100_000, 2_000, 0.5)).isEqualTo(4 << 20);
        // 64 values a position, 16 bytes of table each.
        assertThat(blockValues(10_000, 32_000, 0.05)).isEqualTo(64 * 32_000);
        // All there are.
        assertThat(blockValues(700, 400, 0.1)).isEqualTo(28_000);
    }

    @Test
    void denseMatricesAndThoseOfNothingAreNotCutSmaller() {
        assertThat(blockValues(8_000, 2_000, 1)).isEqualTo(4 << 20);
        assertThat(blockValues(100_000, 0, 1)).isEqualTo(4 << 20);
        assertThat(blockValues(0, 400, 0.1)).isEqualTo(4 << 20);
        assertThat(blockValues(700, 400, 0)).isEqualTo(1);
    }

    /// Of a matrix of which so many values are stored.
    private static int blockValues(int cells, int genes, double stored) {
        var matrix = new MatrixInMemory(ValueType.FLOAT32, genes, new int[cells][0], new long[cells][0]) {
            @Override
            public long storedValues(CellRange range) {
                return Math.round(stored * range.count() * genes);
            }
        };
        return TranspositionPlan.of(matrix, GeneSelection.all(genes)).blockValues();
    }

    /// The sum in [RunWriter], for a block of 4 Mi values of eight bytes: a gene (4), a value (8), two tokens (16 x
    /// 17/16) and half a byte of dictionary (8 / 16) each.
    @Test
    void aWorkerNeedsThirtyBytesPerStoredValueAtMost() {
        var plan = planOf(ValueType.FLOAT64, 1_000_000, 60_000);

        long perStoredValue = plan.workerBytes() / TranspositionPlan.MOST_BLOCK_VALUES;

        assertThat(perStoredValue).isEqualTo(30);
        assertThat(planOf(ValueType.FLOAT32, 1_000_000, 60_000).workerBytes() / TranspositionPlan.MOST_BLOCK_VALUES)
                .isEqualTo(26);
    }

    @Test
    void aVisitNeedsItsBudgetOrOneColumnAndItsReadingBuffers() {
        var plan = planOf(ValueType.FLOAT64, 1_000_000, 60_000);
        var range = new GeneRange(0, 512);

        // One column of a million cells takes 12 MB, so a smaller budget makes no difference.
        assertThat(plan.mergeBytes(range, 1)).isEqualTo(plan.mergeBytes(range, 12_000_000));
        assertThat(plan.mergeBytes(range, 64 << 20) - plan.mergeBytes(range, 12_000_000))
                .isEqualTo((64 << 20) - 12_000_000);
        // A group of 16 x 65,536 values of up to 11 bytes, a direct buffer of 1 MiB, 256 KiB of codes, dictionaries of
        // 2 MiB for a sixteenth of the values, 256 KiB of their starts and 64 KiB to read them, some tables.
        long expected = 16L * 65_536 * 11 + (3 << 20) + (1 << 19) + (1 << 16);
        assertThat(plan.mergeBytes(range, 12_000_000) - 12_000_000).isBetween(expected, expected + (1 << 18));
    }

    @Test
    void gapsAndOverlapsAreRefused() {
        List<GeneRange> genes = List.of(new GeneRange(0, 5));
        assertThatThrownBy(() -> plan(List.of(new CellRange(0, 3), new CellRange(4, 10)), genes))
                .hasMessageContaining("must begin at cell 3");
        assertThatThrownBy(() -> plan(List.of(new CellRange(0, 9)), genes)).hasMessageContaining("end at cell 9 of 10");
        assertThatThrownBy(() -> plan(List.of(new CellRange(0, 10), new CellRange(10, 10)), genes))
                .hasMessageContaining("hold 1 to 65,536 cells");
        assertThatThrownBy(() -> plan(List.of(new CellRange(0, 10)), List.of(new GeneRange(0, 3), new GeneRange(2, 5))))
                .hasMessageContaining("must begin at position 3");
        assertThatThrownBy(() -> plan(List.of(new CellRange(0, 10)), List.of()))
                .hasMessageContaining("position 0 of 5");
    }

    @Test
    void aSelectionBelongsToItsMatrix() {
        var matrix = new MatrixInMemory(ValueType.FLOAT32, 3, new int[0][], new long[0][]);

        assertThatThrownBy(() -> TranspositionPlan.of(matrix, GeneSelection.all(4)))
                .hasMessage("selection is made for 4 genes, the matrix has 3");
    }

    private static TranspositionPlan plan(List<CellRange> blocks, List<GeneRange> geneRanges) {
        return new TranspositionPlan(ValueType.FLOAT32, 10, 5, 5, 50, blocks, geneRanges);
    }

    /// A matrix of full blocks, as far as a plan can see.
    private static TranspositionPlan planOf(ValueType type, int cells, int genes) {
        var blocks = new java.util.ArrayList<CellRange>();
        for (int from = 0; from < cells; from += TranspositionPlan.MOST_CELLS) {
            blocks.add(new CellRange(from, Math.min(cells, from + TranspositionPlan.MOST_CELLS)));
        }
        return new TranspositionPlan(
                type,
                cells,
                genes,
                genes,
                TranspositionPlan.MOST_BLOCK_VALUES,
                blocks,
                List.of(new GeneRange(0, genes)));
    }
}
