package io.cellferry.matrix;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A matrix that is read cell by cell, handed on as the columns of its mirror: what is called a gene here is a cell of
/// the matrix, and what is called a cell is a gene. Whoever writes columns writes rows this way.
///
/// Holds 8 bytes for each block of rows, and what [#heapBytes] says for each thread that visits.
public final class RowsAsColumns implements ColumnSource {

    /// 1,048,576 values x (4 + 8 bytes) = 12 MiB for a block.
    private static final int BLOCK_VALUES = 1 << 20;

    private static final int BLOCK_CELLS = 1 << 16;

    private final RowSource rows;
    private final List<CellRange> blocks;
    private final Deque<Desk> free = new ArrayDeque<>();

    /// Takes `rows` over and closes them in the end.
    public RowsAsColumns(RowSource rows) {
        this.rows = rows;
        this.blocks = rows.blocks(BLOCK_VALUES, BLOCK_CELLS);
    }

    /// What one visiting thread holds of a matrix of `genes` genes. Readers of dense matrices hold values twice.
    public static long heapBytes(int genes, ValueType type) {
        return Math.max(BLOCK_VALUES, genes) * (Integer.BYTES + 2L * type.bytes())
                + (BLOCK_CELLS + 1L) * Integer.BYTES
                + (long) genes * (Integer.BYTES + type.bytes());
    }

    @Override
    public int cells() {
        return rows.genes();
    }

    @Override
    public int genes() {
        return rows.cells();
    }

    @Override
    public ValueType valueType() {
        return rows.valueType();
    }

    @Override
    public long[] starts() {
        long[] starts = new long[rows.cells() + 1];
        for (int cell = 0; cell < rows.cells(); cell++) {
            starts[cell + 1] = starts[cell] + rows.storedValues(new CellRange(cell, cell + 1));
        }
        return starts;
    }

    @Override
    public boolean randomAccess() {
        return rows.randomAccess();
    }

    @Override
    public void visit(GeneRange range, ColumnVisitor visitor) {
        Desk desk = borrow();
        for (CellRange block : blocks) {
            int from = Math.max(block.from(), range.from());
            int to = Math.min(block.to(), range.to());
            if (from < to) {
                rows.read(new CellRange(from, to), desk.block);
                desk.deliver(visitor);
            }
        }
        synchronized (free) {
            free.push(desk);
        }
    }

    /// One that failed is not given back.
    private Desk borrow() {
        synchronized (free) {
            return free.isEmpty() ? new Desk(rows.valueType()) : free.pop();
        }
    }

    @Override
    public void close() {
        synchronized (free) {
            free.clear();
        }
        rows.close();
    }

    private static final class Desk {
        final CsrBlock block;
        final SparseColumn lent;

        Desk(ValueType type) {
            this.block = new CsrBlock(type, BLOCK_VALUES);
            this.lent = new SparseColumn(type);
        }

        void deliver(ColumnVisitor visitor) {
            for (int row = 0; row < block.cells().count(); row++) {
                int from = block.rowStarts()[row];
                int count = block.rowStarts()[row + 1] - from;
                lent.reset(count);
                System.arraycopy(block.genes(), from, lent.cells(), 0, count);
                lent.values().copy(block.values(), from, 0, count);
                visitor.column(block.cells().from() + row, lent);
            }
        }
    }
}
