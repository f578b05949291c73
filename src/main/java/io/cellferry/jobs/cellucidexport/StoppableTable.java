package io.cellferry.jobs.cellucidexport;

import io.cellferry.dataset.NumericTable;
import io.cellferry.matrix.CellRange;

/// A table that looks before each range but the first whether the run shall go on: a table of many gigabytes is one
/// unit of work, and whoever asks the run to stop should not have to wait for all of it. Before the first range the
/// unit itself has just looked. Closes `table`.
record StoppableTable(NumericTable table, Runnable goOn) implements NumericTable {

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
        if (cells.from() > 0) {
            goOn.run();
        }
        table.read(cells, into);
    }

    @Override
    public void close() {
        table.close();
    }
}
