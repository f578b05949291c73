package io.cellferry.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RequestRefused;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every reader of single cells promises, checked on the same 6 cells x 5 genes in each format. A cell (c2) has no
/// values and stands in the middle.
public abstract class CellDatasetContract {

    protected static final double[][] EXPECTED = {
        {1, 0, 0, 2, 0},
        {0, 3, 0, 0, 0},
        {0, 0, 0, 0, 0},
        {0, 0, 4, 0, 5},
        {6, 0, 0, 0, 0},
        {0, 7, 8, 0, 0}
    };

    protected Opened opened;

    /// The 6 cells x 5 genes in the format under test, with `X` stored cell by cell.
    protected abstract Path complete();

    /// A file of the format that ends too early.
    protected abstract Path cutOff();

    @BeforeEach
    void open() {
        opened = Opened.at(complete());
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void theCatalogueDescribesTheMatrix() {
        MatrixInfo x = opened.catalogue().matrix("X").orElseThrow();

        assertThat(opened.catalogue().cells()).isEqualTo(6);
        assertThat(x.cells()).isEqualTo(6);
        assertThat(x.genes()).isEqualTo(5);
        assertThat(x.storedValues()).isEqualTo(8);
        assertThat(x.order()).isEqualTo(MatrixInfo.Order.CELL_MAJOR);
        assertThat(x.storage()).isNotBlank();
        assertThat(opened.dataset().rows("X").valueType()).isEqualTo(x.valueType());
    }

    @Test
    void aSoundFileHasNoRefusingProblem() {
        assertThat(opened.catalogue().problems()).noneMatch(problem -> problem.refuses());
    }

    @Test
    void everyValueArrivesAtItsCellAndGene() {
        assertThat(opened.values("X")).isDeepEqualTo(EXPECTED);
    }

    @Test
    void blockSizeDoesNotChangeTheValues() {
        for (int stored = 1; stored <= 9; stored++) {
            for (int cells = 1; cells <= 7; cells++) {
                assertThat(opened.values("X", stored, cells))
                        .as("%d stored values, %d cells", stored, cells)
                        .isDeepEqualTo(EXPECTED);
            }
        }
    }

    @Test
    void blocksMeetCoverAllCellsAndKeepTheLimits() {
        RowSource rows = opened.dataset().rows("X");

        for (int stored = 1; stored <= 9; stored++) {
            List<CellRange> blocks = rows.blocks(stored, 4);
            int next = 0;
            for (CellRange block : blocks) {
                assertThat(block.from()).isEqualTo(next);
                assertThat(block.count()).isBetween(1, 4);
                assertThat(block.count() == 1 || rows.storedValues(block) <= stored)
                        .isTrue();
                next = block.to();
            }
            assertThat(next).isEqualTo(6);
        }
    }

    @Test
    void aRangeThatIsNoBlockIsReadToo() {
        RowSource rows = opened.dataset().rows("X");
        CsrBlock block = new CsrBlock(rows.valueType());

        rows.read(new CellRange(1, 4), block);

        assertThat(block.storedValues()).isEqualTo(3);
        assertThat(block.rowStarts()).startsWith(0, 1, 1, 3);
        assertThat(block.genes()).startsWith(1, 2, 4);
    }

    @Test
    void anEmptyRangeGivesAnEmptyBlock() {
        RowSource rows = opened.dataset().rows("X");
        CsrBlock block = new CsrBlock(rows.valueType());

        rows.read(new CellRange(6, 6), block);

        assertThat(block.storedValues()).isZero();
    }

    @Test
    void manyThreadsReadTheSameAsOne() throws InterruptedException, ExecutionException {
        RowSource rows = opened.dataset().rows("X");
        List<Future<double[]>> sums = new ArrayList<>();

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 200; i++) {
                int cell = i % 6;
                sums.add(threads.submit(() -> row(rows, cell)));
            }
        }

        for (int i = 0; i < 200; i++) {
            assertThat(sums.get(i).get()).isEqualTo(EXPECTED[i % 6]);
        }
    }

    private static double[] row(RowSource rows, int cell) {
        CsrBlock block = new CsrBlock(rows.valueType());
        rows.read(new CellRange(cell, cell + 1), block);
        double[] values = new double[rows.genes()];
        for (int i = 0; i < block.storedValues(); i++) {
            values[block.genes()[i]] = block.values().asDouble(i);
        }
        return values;
    }

    @Test
    void genesHaveTheirNames() {
        assertThat(opened.genes("X")).containsExactly("g0", "g1", "g2", "g3", "g4");
    }

    @Test
    void everyListedColumnIsReadAsItsKindOrRefused() {
        for (ColumnInfo column : opened.catalogue().obs()) {
            if (column.kind() == ColumnInfo.Kind.OTHER) {
                assertThatThrownBy(() -> opened.dataset().obsColumn(column.name()))
                        .isInstanceOf(InputRefused.class)
                        .hasMessageContaining(column.name());
            } else {
                ObsColumn read = opened.dataset().obsColumn(column.name());
                assertThat(kind(read)).as(column.name()).isEqualTo(column.kind());
                assertThat(cells(read)).as(column.name()).isEqualTo(6);
            }
        }
    }

    private static ColumnInfo.Kind kind(ObsColumn column) {
        return switch (column) {
            case ObsColumn.Numbers numbers -> ColumnInfo.Kind.NUMBER;
            case ObsColumn.Flags flags -> ColumnInfo.Kind.FLAG;
            case ObsColumn.Categories categories -> ColumnInfo.Kind.CATEGORY;
            case ObsColumn.Texts texts -> ColumnInfo.Kind.TEXT;
        };
    }

    private static int cells(ObsColumn column) {
        return switch (column) {
            case ObsColumn.Numbers numbers -> numbers.values().length;
            case ObsColumn.Flags flags -> flags.cells();
            case ObsColumn.Categories categories -> categories.codes().length;
            case ObsColumn.Texts texts -> texts.codes().length;
        };
    }

    @Test
    void everyUsableTableHasARowForEachCell() {
        for (TableInfo info : opened.catalogue().tables()) {
            if (info.usable()) {
                NumericTable table = opened.dataset().table(info.path());
                double[] whole = new double[6 * info.columns()];
                double[] rowByRow = new double[info.columns()];

                table.read(new CellRange(0, 6), whole);

                assertThat(table.rows()).isEqualTo(6);
                for (int cell = 0; cell < 6; cell++) {
                    table.read(new CellRange(cell, cell + 1), rowByRow);
                    assertThat(rowByRow)
                            .isEqualTo(java.util.Arrays.copyOfRange(
                                    whole, cell * info.columns(), (cell + 1) * info.columns()));
                }
            }
        }
    }

    @Test
    void whatTheFileDoesNotHaveIsTheRequestsFaultAndTheAnswerSaysWhatThereIs() {
        assertThatThrownBy(() -> opened.dataset().rows("layers/none"))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("layers/none")
                .satisfies(refused ->
                        assertThat(((RequestRefused) refused).remedy()).contains("X"));
        assertThatThrownBy(() -> opened.dataset().obsColumn("none")).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> opened.dataset().table("obsm/none")).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> opened.genes("X", "none")).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> opened.genes("none")).isInstanceOf(RequestRefused.class);
    }

    @Test
    void columnsOfAMatrixStoredByCellAreADefectOfTheCaller() {
        assertThatThrownBy(() -> opened.dataset().columns("X"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cell by cell");
    }

    @Test
    void aFileThatEndsTooEarlyIsRefused() {
        assertThatThrownBy(() -> Opened.at(cutOff()))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining(cutOff().getFileName().toString());
    }
}
