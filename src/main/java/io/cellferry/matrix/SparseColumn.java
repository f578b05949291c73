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
        reset(storedValues, 0);
    }

    /// The same; where it has to grow it makes room for a quarter more, if that is not beyond `most`.
    void reset(int storedValues, long most) {
        if (cells.length < storedValues) {
            cells = new int[0];
            cells = new int[(int) Math.max(storedValues, Math.min(most, storedValues + storedValues / 4L))];
        }
        values.ensureCapacity(cells.length);
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
