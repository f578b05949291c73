package io.cellferry.cellucid;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.ColumnsAsRows;
import io.cellferry.matrix.RowSource;
import java.util.OptionalLong;

/// A graph between cells, readable both ways at once: `rows` are its rows, `columns` its columns.
///
/// With both, whether the graph is symmetric is seen row by row, exactly and without holding it. `dense` says that
/// every value is stored, so zeros mean nothing; `storedEntries` is the number of entries in the file, when known, and
/// tells whether the reader had to merge repeated ones.
public record NeighbourGraph(
        String where, RowSource rows, ColumnSource columns, boolean dense, OptionalLong storedEntries) {
    public NeighbourGraph {
        if (rows.cells() != rows.genes()) {
            throw new InputRefused(
                    "%s: expected one row and one column a cell, found %,d x %,d."
                            .formatted(where, rows.cells(), rows.genes()),
                    "Choose another graph with --connectivities, or none.");
        }
        if (columns.cells() != rows.cells() || columns.genes() != rows.cells()) {
            throw new IllegalArgumentException("rows and columns of %s are not of one graph".formatted(where));
        }
    }

    /// A graph stored column by column is read as if its columns were rows: whether it is symmetric, what its edges are
    /// and what it becomes when it is made symmetric are the same for both. `info` is of `dataset`.
    public static RowSource rows(CellDataset dataset, MatrixInfo info) {
        return info.order() == MatrixInfo.Order.GENE_MAJOR
                ? new ColumnsAsRows(dataset.columns(info.path()))
                : dataset.rows(info.path());
    }

    int cells() {
        return rows.cells();
    }
}
