package io.cellferry.dataset.matrices;

import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.ColumnVisitor;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.SparseColumn;
import io.cellferry.matrix.ValueType;

/// A sparse matrix stored gene by gene (CSC). One gene is in memory at a time; a chunk shared by neighbouring genes is
/// decoded once.
final class CompressedColumns implements ColumnSource {

    private final StoredMatrix.Compressed matrix;
    private final CompressedReader reader;

    CompressedColumns(StoredMatrix.Compressed matrix) {
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
    public long[] starts() {
        return reader.indptr().copy();
    }

    @Override
    public boolean randomAccess() {
        return reader.randomAccess();
    }

    @Override
    public void visit(GeneRange genes, ColumnVisitor visitor) {
        SparseColumn column = new SparseColumn(valueType());
        int[] starts = new int[2];
        for (int gene = genes.from(); gene < genes.to(); gene++) {
            column.reset(reader.entries(gene, gene + 1));
            reader.read(gene, gene + 1, starts, column.cells(), column.values());
            column.truncate(starts[1]);
            visitor.column(gene, column);
        }
    }

    /// The file stays open; it belongs to the data set.
    @Override
    public void close() {
        reader.close();
    }
}
