package io.cellferry.dataset.anndata;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.Opened;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sparse matrices of every type and order are delivered in one: ascending, summed, checked.
class SparseMatricesTest {

    private static final double[][] EXPECTED = {
        {1, 0, 0, 2, 0}, {0, 3, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 4, 0, 5}, {6, 0, 0, 0, 0}, {0, 7, 8, 0, 0}
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unsorted",
                "big_endian",
                "float_indptr",
                "chunks_of_3",
                "by_gene",
                "positions_uint8",
                "positions_uint16",
                "positions_uint32",
                "positions_uint64",
                "positions_int16",
                "positions_int64"
            })
    void theWayPositionsAreStoredDoesNotMatter(String name) {
        try (Opened opened = Opened.odd(name + ".h5ad")) {
            assertThat(opened.values("X")).isDeepEqualTo(EXPECTED);
            assertThat(opened.codes()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "uint8,INT32",
        "uint16,INT32",
        "uint32,UINT32",
        "uint64,UINT64",
        "int16,INT32",
        "int64,INT64",
        "float16,FLOAT32",
        "float64,FLOAT64"
    })
    void valuesOfEveryTypeAreWidenedWithoutLoss(String stored, ValueType delivered) {
        try (Opened opened = Opened.odd("values_" + stored + ".h5ad")) {
            MatrixInfo x = opened.catalogue().matrix("X").orElseThrow();

            assertThat(x.storedType()).isEqualTo(stored);
            assertThat(x.valueType()).isEqualTo(delivered);
            assertThat(opened.values("X")).isDeepEqualTo(EXPECTED);
        }
    }

    @Test
    void booleansArriveAsOneAndExplicitFalseAsZero() {
        CsrBlock block = block("values_bool.h5ad");

        // DATA > 3: the first three of eight are false.
        assertThat(block.values().four()).startsWith(0, 0, 0, 1, 1, 1, 1, 1);
    }

    @Test
    void bigIntegersDoNotPassThroughFloatingPoint() {
        CsrBlock block = block("values_int64_big.h5ad");

        assertThat(block.values().eight()).startsWith((1L << 53) + 1);
    }

    @Test
    void duplicatesAreSummed() {
        CsrBlock block = block("duplicates.h5ad");

        assertThat(block.storedValues()).isEqualTo(6);
        assertThat(block.rowStarts()).startsWith(0, 1, 2, 2, 4, 5, 6);
        assertThat(block.genes()).startsWith(3, 1, 2, 4, 0, 1);
        assertThat(floats(block)).containsExactly(3f, 3f, 4f, 5f, 6f, 15f);
    }

    @Test
    void sumsWrapLikeTheStoredInteger() {
        CsrBlock eight = block("duplicates_int8.h5ad");
        CsrBlock sixteen = block("duplicates_uint16.h5ad");

        // 100 + 100 - 256 = -56; 65,535 + 2 - 65,536 = 1
        assertThat(eight.values().four()).startsWith(-56, 7);
        assertThat(eight.genes()).startsWith(2, 4);
        assertThat(sixteen.values().four()).startsWith(1);
    }

    @Test
    void aBooleanSumIsTrueWhenAnyPartIs() {
        CsrBlock block = block("duplicates_bool.h5ad");

        assertThat(block.storedValues()).isEqualTo(1);
        assertThat(block.values().four()).startsWith(1);
    }

    @Test
    void sumsStartAtZeroSoThatNegativeZerosVanish() {
        CsrBlock block = block("duplicates_zero.h5ad");

        assertThat(block.genes()).startsWith(1, 2);
        assertThat(block.values().four()).startsWith(Float.floatToRawIntBits(-0.0f), Float.floatToRawIntBits(0.0f));
    }

    @Test
    void sumsAddInStoredOrderInTheStoredType() {
        CsrBlock block = block("duplicates_order.h5ad");

        // 1e8 + 1 is 1e8 in float32; any other order or type would leave 1.
        assertThat(floats(block)).containsExactly(0f);
    }

    @Test
    void explicitZerosStay() {
        CsrBlock block = block("explicit_zeros.h5ad");

        assertThat(block.storedValues()).isEqualTo(8);
        assertThat(floats(block)).containsExactly(0f, 2f, 3f, 0f, 5f, 6f, 7f, 0f);
    }

    @Test
    void valuesThatAreNoNumbersPassUntouched() {
        CsrBlock block = block("not_finite.h5ad");

        assertThat(floats(block))
                .containsExactly(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -1f, 5f, 6f, 7f, 8f);
    }

    @Test
    void columnsAreNormalisedLikeRows() {
        List<String> seen = new ArrayList<>();

        try (Opened opened = Opened.odd("by_gene_unsorted.h5ad")) {
            opened.dataset().columns("X").visit(new GeneRange(0, 5), (gene, column) -> {
                StringBuilder entries = new StringBuilder("g" + gene);
                for (int i = 0; i < column.storedValues(); i++) {
                    entries.append(" c%d=%.0f"
                            .formatted(column.cells()[i], column.values().asDouble(i)));
                }
                seen.add(entries.toString());
            });
        }

        assertThat(seen).containsExactly("g0 c0=1 c4=6", "g1 c1=10", "g2 c3=4 c5=8", "g3 c0=2", "g4 c3=5");
    }

    @Test
    void manyThreadsVisitTheSameColumnsAsOne() throws InterruptedException, ExecutionException {
        try (Opened opened = Opened.odd("by_gene.h5ad");
                var threads = Executors.newFixedThreadPool(4)) {
            ColumnSource columns = opened.dataset().columns("X");
            List<Future<double[]>> sums = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                sums.add(threads.submit(() -> geneSums(columns)));
            }

            for (Future<double[]> sum : sums) {
                assertThat(sum.get()).containsExactly(7, 10, 12, 2, 5);
            }
        }
    }

    private static double[] geneSums(ColumnSource columns) {
        double[] sums = new double[5];
        columns.visit(new GeneRange(0, 5), (gene, column) -> {
            for (int i = 0; i < column.storedValues(); i++) {
                sums[gene] += column.values().asDouble(i);
            }
        });
        return sums;
    }

    @Test
    void genesWithoutValuesAreVisitedToo() {
        List<Integer> seen = new ArrayList<>();

        try (Opened opened = Opened.odd("modern.h5ad")) {
            opened.dataset()
                    .columns("obsp/by_column")
                    .visit(new GeneRange(1, 6), (gene, column) -> seen.add(column.storedValues()));
        }

        // Column 1 has the link back from cell 0, cells 2 to 5 have none.
        assertThat(seen).containsExactly(1, 0, 0, 0, 0);
    }

    @Test
    void aMatrixWithoutValuesIsReadInBlocksLikeAnyOther() {
        try (Opened opened = Opened.odd("no_values.h5ad")) {
            assertThat(opened.dataset().rows("X").blocks(10, 4))
                    .containsExactly(new CellRange(0, 4), new CellRange(4, 6));
            assertThat(opened.values("X")).isDeepEqualTo(new double[6][5]);
        }
    }

    @Test
    void aDataSetWithoutCellsHasNoBlocks() {
        try (Opened opened = Opened.odd("zero_cells.h5ad")) {
            RowSource rows = opened.dataset().rows("X");

            assertThat(opened.catalogue().cells()).isZero();
            assertThat(opened.catalogue().problems()).noneMatch(problem -> problem.refuses());
            assertThat(rows.blocks(10, 10)).isEmpty();
            assertThat(rows.genes()).isEqualTo(5);
        }
    }

    @Test
    void blocksDependOnIndptrAndTheLimitsAlone() {
        try (Opened opened = Opened.odd("unsorted.h5ad")) {
            RowSource rows = opened.dataset().rows("X");

            // Cells hold 2, 1, 0, 2, 1, 2 values.
            assertThat(rows.blocks(3, 10))
                    .containsExactly(new CellRange(0, 3), new CellRange(3, 5), new CellRange(5, 6));
            assertThat(rows.blocks(1, 10))
                    .containsExactly(
                            new CellRange(0, 1),
                            new CellRange(1, 3),
                            new CellRange(3, 4),
                            new CellRange(4, 5),
                            new CellRange(5, 6));
            assertThat(rows.blocks(100, 4)).containsExactly(new CellRange(0, 4), new CellRange(4, 6));
        }
    }

    private static CsrBlock block(String name) {
        try (Opened opened = Opened.odd(name)) {
            RowSource rows = opened.dataset().rows("X");
            CsrBlock block = new CsrBlock(rows.valueType());
            rows.read(new CellRange(0, rows.cells()), block);
            return block;
        }
    }

    private static float[] floats(CsrBlock block) {
        float[] values = new float[block.storedValues()];
        for (int i = 0; i < values.length; i++) {
            values[i] = block.values().asFloat(i);
        }
        return values;
    }
}
