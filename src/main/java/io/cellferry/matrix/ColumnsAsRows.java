package io.cellferry.matrix;

import java.util.ArrayList;
import java.util.List;

/// A matrix that is read gene by gene, handed on as the rows of its mirror: what is called a cell here is a gene of the
/// matrix, and what is called a gene is a cell. Whoever turns rows turns columns this way.
///
/// Holds 8 bytes for each gene of the matrix.
public final class ColumnsAsRows implements RowSource {

    private final ColumnSource columns;
    private final long[] starts;

    /// Takes `columns` over and closes them in the end.
    public ColumnsAsRows(ColumnSource columns) {
        this.columns = columns;
        this.starts = columns.starts();
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
        if (maxStoredValues < 1 || maxCells < 1) {
            throw new IllegalArgumentException(
                    "a block needs room: maxStoredValues %d, maxCells %d".formatted(maxStoredValues, maxCells));
        }
        List<CellRange> blocks = new ArrayList<>();
        int from = 0;
        while (from < cells()) {
            int to = from + 1;
            while (to < cells() && to - from < maxCells && starts[to + 1] - starts[from] <= maxStoredValues) {
                to++;
            }
            blocks.add(new CellRange(from, to));
            from = to;
        }
        return blocks;
    }

    @Override
    public long storedValues(CellRange cells) {
        return starts[cells.to()] - starts[cells.from()];
    }

    @Override
    public void read(CellRange cells, CsrBlock into) {
        into.reset(cells, Math.toIntExact(storedValues(cells)));
        columns.visit(new GeneRange(cells.from(), cells.to()), (row, column) -> {
            int[] rowStarts = into.rowStarts();
            int at = rowStarts[row - cells.from()];
            System.arraycopy(column.cells(), 0, into.genes(), at, column.storedValues());
            into.values().copy(column.values(), 0, at, column.storedValues());
            rowStarts[row - cells.from() + 1] = at + column.storedValues();
        });
    }

    @Override
    public boolean randomAccess() {
        return columns.randomAccess();
    }

    @Override
    public void close() {
        columns.close();
    }
}
