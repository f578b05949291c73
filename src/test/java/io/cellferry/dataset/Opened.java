package io.cellferry.dataset;

import io.cellferry.failure.Problem;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.RowSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A data set opened for a test, with its matrices small enough to be looked at whole.
public final class Opened implements AutoCloseable {

    private static final Path ODD = Path.of("src/test/resources/odd");

    private final CellDataset dataset;

    private Opened(CellDataset dataset) {
        this.dataset = dataset;
    }

    /// A file made by `make_odd_anndata.py`.
    public static Opened odd(String name) {
        return at(oddPath(name));
    }

    public static Path oddPath(String name) {
        return ODD.resolve(name);
    }

    public static Opened at(Path path) {
        return new Opened(CellDatasets.open(path));
    }

    public CellDataset dataset() {
        return dataset;
    }

    public Catalogue catalogue() {
        return dataset.catalogue();
    }

    /// All values of a matrix, cells x genes; zero where nothing is stored.
    public double[][] values(String matrix) {
        return values(matrix, 1_000, 1_000);
    }

    public double[][] values(String matrix, long maxStoredValues, int maxCells) {
        MatrixInfo info = dataset.catalogue()
                .matrix(matrix)
                .or(() -> dataset.catalogue().graph(matrix))
                .orElseThrow();
        double[][] values = new double[info.cells()][info.genes()];
        if (info.order() == MatrixInfo.Order.GENE_MAJOR) {
            try (ColumnSource columns = dataset.columns(matrix)) {
                columns.visit(new GeneRange(0, columns.genes()), (gene, column) -> {
                    for (int i = 0; i < column.storedValues(); i++) {
                        values[column.cells()[i]][gene] = column.values().asDouble(i);
                    }
                });
            }
        } else {
            try (RowSource rows = dataset.rows(matrix)) {
                CsrBlock block = new CsrBlock(rows.valueType());
                for (CellRange range : rows.blocks(maxStoredValues, maxCells)) {
                    rows.read(range, block);
                    copy(block, values);
                }
            }
        }
        return values;
    }

    private static void copy(CsrBlock block, double[][] values) {
        for (int row = 0; row < block.cells().count(); row++) {
            for (int i = block.rowStarts()[row]; i < block.rowStarts()[row + 1]; i++) {
                values[block.cells().from() + row][block.genes()[i]] =
                        block.values().asDouble(i);
            }
        }
    }

    public List<String> genes(String matrix) {
        return dataset.geneNames(matrix, Optional.empty()).names();
    }

    public List<String> genes(String matrix, String column) {
        return dataset.geneNames(matrix, Optional.of(column)).names();
    }

    /// Codes of all problems, in the order found.
    public List<String> codes() {
        return dataset.catalogue().problems().stream().map(Problem::code).toList();
    }

    public Problem problem(String code) {
        return dataset.catalogue().problems().stream()
                .filter(problem -> problem.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no problem %s among %s".formatted(code, codes())));
    }

    @Override
    public void close() {
        dataset.close();
    }
}
