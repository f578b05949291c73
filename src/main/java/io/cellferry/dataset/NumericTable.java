package io.cellferry.dataset;

import io.cellferry.matrix.CellRange;

/// A dense table of real numbers with one row a cell, read in ranges of rows; ranges that follow one another are
/// the cheapest. Used by one thread at a time unless an implementation promises more.
public interface NumericTable extends AutoCloseable {

    int rows();

    int columns();

    /// The most memory that reading takes beside `into`, in bytes: what the table decodes and holds.
    long readerBytes();

    /// Writes the rows of `cells` one after the other into `into` from its start; `cells.count() * columns()`
    /// numbers. float32, float64 and integers up to 2^53 arrive exactly.
    void read(CellRange cells, double[] into);

    @Override
    void close();
}
