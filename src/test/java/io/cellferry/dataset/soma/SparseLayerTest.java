package io.cellferry.dataset.soma;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.tiledb.FolderInArchive;
import io.cellferry.dataset.tiledb.StoredArray;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Matrices of two fragments and several tiles, 18 blocks of columns wide: 10,000 x 36,000 with 20 values a row,
/// once with the filters of tiledbsoma and once with those of the CELLxGENE Census.
class SparseLayerTest {

    private static final int ROWS = 10_000;
    private static final int COLUMNS = 36_000;

    @ParameterizedTest
    @ValueSource(strings = {"default", "census"})
    void blocksOfAnySizeGiveTheSameValues(String name) {
        SparseLayer layer = layer(name);
        int[] genes = new int[200_000];
        long[] starts = new long[ROWS + 1];
        float[] values = new float[200_000];
        read(layer, 250_000, genes, values, starts);

        assertThat(starts[ROWS]).isEqualTo(200_000);
        assertThat(sum(values)).isEqualTo(769_272);
        assertThat(Arrays.stream(genes).asLongStream().sum()).isEqualTo(3_669_825_968L);
        assertThat(rowSum(starts)).isEqualTo(999_900_000L);
        for (long size : new long[] {20, 777, 40_000}) {
            int[] otherGenes = new int[200_000];
            float[] otherValues = new float[200_000];
            long[] otherStarts = new long[ROWS + 1];
            read(layer, size, otherGenes, otherValues, otherStarts);
            assertThat(otherStarts).as("starts, %d values a block", size).isEqualTo(starts);
            assertThat(otherGenes).as("genes, %d values a block", size).isEqualTo(genes);
            assertThat(otherValues).as("values, %d values a block", size).isEqualTo(values);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "census"})
    void genesAscendWithinEachRow(String name) {
        SparseLayer layer = layer(name);
        try (SparseRows rows = layer.open()) {
            CsrBlock block = new CsrBlock(rows.valueType());
            rows.read(new CellRange(4_990, 5_010), block);
            for (int row = 0; row < 20; row++) {
                for (int i = block.rowStarts()[row] + 1; i < block.rowStarts()[row + 1]; i++) {
                    assertThat(block.genes()[i]).isGreaterThan(block.genes()[i - 1]);
                }
            }
        }
    }

    private static void read(SparseLayer layer, long size, int[] genes, float[] values, long[] starts) {
        try (SparseRows rows = layer.open()) {
            CsrBlock block = new CsrBlock(rows.valueType());
            int at = 0;
            for (CellRange range : rows.blocks(size, ROWS)) {
                rows.read(range, block);
                System.arraycopy(block.genes(), 0, genes, at, block.storedValues());
                for (int i = 0; i < block.storedValues(); i++) {
                    values[at + i] = block.values().asFloat(i);
                }
                for (int row = 0; row < range.count(); row++) {
                    starts[range.from() + row + 1] = at + block.rowStarts()[row + 1];
                }
                at += block.storedValues();
            }
        }
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    /// The sum of the row of every value.
    private static long rowSum(long[] starts) {
        long sum = 0;
        for (int row = 0; row < ROWS; row++) {
            sum += row * (starts[row + 1] - starts[row]);
        }
        return sum;
    }

    private static SparseLayer layer(String name) {
        StoredArray array = StoredArray.open(
                FolderInArchive.open(SomaFixtures.corpus("sparse-v21-%s.tar.gz".formatted(name)))
                        .orElseThrow(),
                name);
        return SparseLayer.of(array, JoinIds.numbers(ROWS), JoinIds.numbers(COLUMNS));
    }
}
