package io.cellferry.cellucid;

import io.cellferry.dataset.NumericTable;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.CellRange;

/// The table whose distances say how unusual a cell is, looked at while it is read: reading its last row refuses a
/// table that is not finite float32, and says how much of it is not.
///
/// Read it front to back, once. The table under it stays its owner's to close.
public final class LatentSpace implements NumericTable {

    private final NumericTable table;
    private final NarrowingCount count;
    private int next;

    /// `where` names `table` in messages. Refuses tables without columns.
    public LatentSpace(Contract contract, String where, NumericTable table) {
        if (table.columns() == 0) {
            throw new InputRefused("%s: expected at least one column, found none.".formatted(where), "Use --latent.");
        }
        this.table = table;
        this.count = new NarrowingCount(contract, where);
    }

    @Override
    public int rows() {
        return table.rows();
    }

    @Override
    public int columns() {
        return table.columns();
    }

    @Override
    public long readerBytes() {
        return table.readerBytes();
    }

    @Override
    public void read(CellRange cells, double[] into) {
        if (cells.from() != next) {
            throw new IllegalStateException(
                    "a latent space is read once, on from cell %,d, not from %,d".formatted(next, cells.from()));
        }
        table.read(cells, into);
        int columns = columns();
        int at = 0;
        for (int cell = cells.from(); cell < cells.to(); cell++) {
            for (int column = 0; column < columns; column++, at++) {
                count.look(cell, into[at], (float) into[at]);
            }
        }
        next = cells.to();
        if (next == rows()) {
            count.requireFinite("Choose another table with --latent, or fill it for every cell.");
        }
    }

    @Override
    public void close() {}
}
