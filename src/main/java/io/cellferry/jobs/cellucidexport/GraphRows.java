package io.cellferry.jobs.cellucidexport;

import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.SparseColumn;
import io.cellferry.matrix.ValueType;
import java.util.ArrayList;
import java.util.List;

/// A graph stored column by column, read as if its columns were rows: the transposed graph. Whether a graph is
/// symmetric, what its edges are and what it becomes when it is made symmetric are the same for both.
final class GraphRows implements RowSource {

    /// Without row starts at hand, blocks are cut by cells alone; neighbours of 4,096 cells are some 100,000 values.
    private static final int BLOCK_CELLS = 4096;

    private final ColumnSource columns;
    private final long storedValues;

    private GraphRows(ColumnSource columns, long storedValues) {
        this.columns = columns;
        this.storedValues = storedValues;
    }

    /// The rows of the graph `info`, whichever way it lies.
    static RowSource of(CellDataset dataset, MatrixInfo info) {
        return info.order() == MatrixInfo.Order.GENE_MAJOR
                ? new GraphRows(dataset.columns(info.path()), info.storedValues())
                : dataset.rows(info.path());
    }

    @Override
    public int cells() {
        return columns.genes();
    }

    @Override
    public int genes() {
        return columns.cells();
    }

    @Override
    public ValueType valueType() {
        return columns.valueType();
    }

    @Override
    public List<CellRange> blocks(long maxStoredValues, int maxCells) {
        int step = Math.min(maxCells, BLOCK_CELLS);
        List<CellRange> blocks = new ArrayList<>();
        for (int from = 0; from < cells(); from += step) {
            blocks.add(new CellRange(from, Math.min(cells(), from + step)));
        }
        return blocks;
    }

    @Override
    public long storedValues(CellRange cells) {
        return Math.min(storedValues, (long) cells.count() * genes());
    }

    @Override
    public void read(CellRange cells, CsrBlock into) {
        GeneRange range = new GeneRange(cells.from(), cells.to());
        long[] total = new long[1];
        columns.visit(range, (cell, column) -> total[0] += column.storedValues());
        into.reset(cells, Math.toIntExact(total[0]));
        columns.visit(range, (cell, column) -> {
            int row = cell - cells.from();
            int at = into.rowStarts()[row];
            copy(column, into, at);
            into.rowStarts()[row + 1] = at + column.storedValues();
        });
    }

    private static void copy(SparseColumn column, CsrBlock into, int at) {
        int count = column.storedValues();
        System.arraycopy(column.cells(), 0, into.genes(), at, count);
        if (column.values().type().bytes() == 4) {
            System.arraycopy(column.values().four(), 0, into.values().four(), at, count);
        } else {
            System.arraycopy(column.values().eight(), 0, into.values().eight(), at, count);
        }
    }

    @Override
    public boolean randomAccess() {
        return true;
    }

    @Override
    public void close() {
        columns.close();
    }
}
