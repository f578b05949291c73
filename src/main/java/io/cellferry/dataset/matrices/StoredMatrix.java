package io.cellferry.dataset.matrices;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.RowSource;
import java.nio.file.Path;
import java.util.function.Supplier;

/// A matrix that was found and whose parts fit each other; what is left to check is its bulk data.
public sealed interface StoredMatrix {

    MatrixInfo info();

    /// Sparse: `indices` and `data` hold the entries of one major after the other (cells for CSR, genes for CSC),
    /// `indptr` says where each starts. `file` is named in refusals.
    record Compressed(MatrixInfo info, Path file, TreeArray data, TreeArray indices, TreeArray indptr)
            implements StoredMatrix {

        boolean byCell() {
            return info.order() == MatrixInfo.Order.CELL_MAJOR;
        }

        int majors() {
            return byCell() ? info.cells() : info.genes();
        }

        int minors() {
            return byCell() ? info.genes() : info.cells();
        }

        String majorWord() {
            return byCell() ? "cell" : "gene";
        }

        String minorWord() {
            return byCell() ? "gene" : "cell";
        }
    }

    /// Every value stored, one row a cell.
    record Dense(MatrixInfo info, Path file, TreeArray values) implements StoredMatrix {}

    /// A sparse matrix, cell by cell, whose format keeps it in a way of its own and hands out its rows itself.
    record ByRows(MatrixInfo info, Supplier<RowSource> rows) implements StoredMatrix {}

    /// The matrix cell by cell. Asking a gene-major one is a defect of the caller, who has to look at the order
    /// first.
    default RowSource openRows() {
        if (info().order() == MatrixInfo.Order.GENE_MAJOR) {
            throw new IllegalArgumentException("%s is stored gene by gene and has no rows".formatted(info().path()));
        }
        return switch (this) {
            case Compressed sparse -> new CompressedRows(sparse);
            case Dense dense -> new DenseRows(dense);
            case ByRows own -> own.rows().get();
        };
    }

    /// The matrix gene by gene; only what is stored so can be read so.
    default ColumnSource openColumns() {
        if (this instanceof Compressed sparse && !sparse.byCell()) {
            return new CompressedColumns(sparse);
        }
        throw new IllegalArgumentException("%s is stored cell by cell and has no columns".formatted(info().path()));
    }
}
