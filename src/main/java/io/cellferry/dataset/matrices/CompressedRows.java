package io.cellferry.dataset.matrices;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.ValueType;
import java.util.List;

/// A sparse matrix stored cell by cell: CSR, or what 10x calls CSC by barcode.
final class CompressedRows implements RowSource {

    private final StoredMatrix.Compressed matrix;
    private final CompressedReader reader;

    CompressedRows(StoredMatrix.Compressed matrix) {
        this.matrix = matrix;
        this.reader = new CompressedReader(matrix);
    }

    @Override
    public int cells() {
        return matrix.info().cells();
    }

    @Override
    public int genes() {
        return matrix.info().genes();
    }

    @Override
    public ValueType valueType() {
        return reader.valueType();
    }

    @Override
    public List<CellRange> blocks(long maxStoredValues, int maxCells) {
        return reader.indptr().blocks(maxStoredValues, maxCells);
    }

    @Override
    public long storedValues(CellRange cells) {
        return reader.indptr().storedValues(cells.from(), cells.to());
    }

    @Override
    public void read(CellRange cells, CsrBlock into) {
        into.reset(cells, reader.entries(cells.from(), cells.to()));
        reader.read(cells.from(), cells.to(), into.rowStarts(), into.genes(), into.values());
    }

    @Override
    public boolean randomAccess() {
        return reader.randomAccess();
    }

    /// The file stays open; it belongs to the data set.
    @Override
    public void close() {
        reader.close();
    }
}
