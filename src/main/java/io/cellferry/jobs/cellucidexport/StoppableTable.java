package io.cellferry.jobs.cellucidexport;

import io.cellferry.dataset.NumericTable;
import io.cellferry.matrix.CellRange;

/// A table that looks before each range whether the run shall go on: a table of many gigabytes is one unit of work,
/// and whoever asks the run to stop should not have to wait for all of it. Closes `table`.
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
        goOn.run();
        table.read(cells, into);
    }

    @Override
    public void close() {
        table.close();
    }
}
