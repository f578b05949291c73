package io.cellferry.cellucid;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.ColumnVisitor;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.SparseColumn;
import io.cellferry.matrix.ValueType;

/// The rows of a graph read as its columns, which they are when it is symmetric.
///
/// Only for comparing an existing export, whose edges can equal those of the rows' upper half; an export itself needs
/// the true columns to know.
record MirroredRows(RowSource rows) implements ColumnSource {

    @Override
    public int cells() {
        return rows.cells();
    }

    @Override
    public int genes() {
        return rows.genes();
    }

    @Override
    public ValueType valueType() {
        return rows.valueType();
    }

    @Override
    public void visit(GeneRange genes, ColumnVisitor visitor) {
        CsrBlock block = new CsrBlock(valueType());
        CellRange cells = new CellRange(genes.from(), genes.to());
        rows.read(cells, block);
        SparseColumn column = new SparseColumn(valueType());
        for (int row = 0; row < cells.count(); row++) {
            int from = block.rowStarts()[row];
            int count = block.rowStarts()[row + 1] - from;
            column.reset(count);
            System.arraycopy(block.genes(), from, column.cells(), 0, count);
            if (valueType().bytes() == 4) {
                System.arraycopy(block.values().four(), from, column.values().four(), 0, count);
            } else {
                System.arraycopy(block.values().eight(), from, column.values().eight(), 0, count);
            }
            visitor.column(genes.from() + row, column);
        }
    }

    @Override
    public void close() {
        rows.close();
    }
}
