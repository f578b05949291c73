package io.cellferry.dataset.anndata;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.Opened;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Dense matrices are read in bands, whatever way their chunks lie, and lose nothing but their zeros.
class DenseMatricesTest {

    /// 60 cells x 50 genes, value (50 * cell + gene) % 7; stored as columns, as tiles of 8 x 16 and in one piece.
    @ParameterizedTest
    @ValueSource(strings = {"X", "layers/tiles", "layers/rows"})
    void theShapeOfTheChunksDoesNotMatter(String matrix) {
        double[][] expected = new double[60][50];
        for (int cell = 0; cell < 60; cell++) {
            for (int gene = 0; gene < 50; gene++) {
                expected[cell][gene] = (50 * cell + gene) % 7;
            }
        }

        try (Opened opened = Opened.odd("dense_column_chunks.h5ad")) {
            for (int stored : new int[] {1, 50, 399, 400, 401, 1_000, 3_000}) {
                assertThat(opened.values(matrix, stored, 1_000)).isDeepEqualTo(expected);
            }
            assertThat(opened.values(matrix, 3_000, 7)).isDeepEqualTo(expected);
        }
    }

    @Test
    void blocksAreWholeBandsOfChunksWhereTheLimitsAllow() {
        try (Opened opened = Opened.odd("dense_column_chunks.h5ad")) {
            RowSource tiles = opened.dataset().rows("layers/tiles");

            // 1,000 values are 20 rows of 50 genes, of which 16 are whole chunks of 8 rows.
            assertThat(tiles.blocks(1_000, 100))
                    .containsExactly(
                            new CellRange(0, 16), new CellRange(16, 32), new CellRange(32, 48), new CellRange(48, 60));
            // 7 rows: no whole band fits.
            assertThat(tiles.blocks(399, 100)).hasSize(9).startsWith(new CellRange(0, 7));
            // Not even one row: a block has a cell at least.
            assertThat(tiles.blocks(10, 100)).hasSize(60);
        }
    }

    @Test
    void zerosAreLeftOutAndTheUpperBoundHolds() {
        try (Opened opened = Opened.odd("modern.h5ad")) {
            RowSource rows = opened.dataset().rows("layers/dense");
            CsrBlock block = new CsrBlock(rows.valueType());

            rows.read(new CellRange(0, 6), block);

            assertThat(block.storedValues()).isEqualTo(8);
            assertThat(rows.storedValues(new CellRange(0, 6))).isEqualTo(30);
        }
    }

    @Test
    void negativeZeroIsNotZeroToTheBit() {
        try (Opened opened = Opened.odd("negative_zero_dense.h5ad")) {
            RowSource rows = opened.dataset().rows("X");
            CsrBlock block = new CsrBlock(rows.valueType());

            rows.read(new CellRange(2, 3), block);

            assertThat(block.storedValues()).isEqualTo(5);
            assertThat(block.values().four()).startsWith(Float.floatToRawIntBits(-0.0f));
        }
    }

    @Test
    void aMatrixWithoutGenesHasEmptyRows() {
        try (Opened opened = Opened.odd("zero_genes.h5ad")) {
            assertThat(opened.values("X")).isDeepEqualTo(new double[6][0]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layers/dense", "layers/dense_chunked", "layers/dense_wide_type", "layers/by_gene"})
    void layersHoldWhatTheSparseMatrixHolds(String layer) {
        try (Opened opened = Opened.odd("modern.h5ad")) {
            assertThat(opened.values(layer)).isDeepEqualTo(opened.values("X"));
        }
    }

    @Test
    void everyMatrixIsCatalogued() {
        try (Opened opened = Opened.odd("modern.h5ad")) {
            assertThat(opened.catalogue().matrices().stream().map(DenseMatricesTest::inWords))
                    .containsExactly(
                            "X CELL_MAJOR 6 x 5 float32 8",
                            "raw/X CELL_MAJOR 6 x 6 int64 2",
                            "layers/by_gene GENE_MAJOR 6 x 5 float32 8",
                            "layers/dense DENSE 6 x 5 float32 30",
                            "layers/dense_chunked DENSE 6 x 5 float64 30",
                            "layers/dense_wide_type DENSE 6 x 5 int16 30");
            assertThat(opened.catalogue().graphs().stream().map(DenseMatricesTest::inWords))
                    .containsExactly(
                            "obsp/by_column GENE_MAJOR 6 x 6 float64 2",
                            "obsp/connectivities CELL_MAJOR 6 x 6 float64 2");
        }
    }

    private static String inWords(MatrixInfo info) {
        return "%s %s %d x %d %s %d"
                .formatted(
                        info.path(), info.order(), info.cells(), info.genes(), info.storedType(), info.storedValues());
    }
}
