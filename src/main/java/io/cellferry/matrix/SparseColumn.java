package io.cellferry.matrix;

/// One gene's stored values, cells strictly ascending. Lent to a [ColumnVisitor] for the time of one call.
public final class SparseColumn {

    private int[] cells = new int[0];
    private final ValueBuffer values;
    private int storedValues;

    public SparseColumn(ValueType type) {
        this.values = new ValueBuffer(type);
    }

    /// Prepares for `storedValues` values; what was in the column is lost.
    public void reset(int storedValues) {
        if (cells.length < storedValues) {
            cells = new int[storedValues];
        }
        values.ensureCapacity(storedValues);
        this.storedValues = storedValues;
    }

    public int[] cells() {
        return cells;
    }

    public ValueBuffer values() {
        return values;
    }

    public int storedValues() {
        return storedValues;
    }

    /// Cuts the column to its first `storedValues` values, after duplicates have been summed.
    public void truncate(int storedValues) {
        this.storedValues = storedValues;
    }
}
