package io.cellferry.matrix;

/// Stored values of consecutive cells, cell by cell, genes strictly ascending within a cell.
///
/// A reusable buffer: whoever reads a matrix makes one, a [RowSource] fills it again and again, and whoever needs a
/// value later copies it before the next fill. `rowStarts` has one entry more than the block has cells and starts
/// at 0; the arrays may be longer than what is filled. Bounded by the block's stored values, which the plan limits.
public final class CsrBlock {

    private CellRange cells = new CellRange(0, 0);
    private int[] rowStarts = new int[1];
    private int[] genes = new int[0];
    private final ValueBuffer values;
    private final long most;

    public CsrBlock(ValueType type) {
        this(type, 0);
    }

    /// One that is filled with blocks of up to `most` values. They differ a little in size, so where it has to grow it
    /// makes room for a little more than it is asked for, if that is not beyond `most`.
    public CsrBlock(ValueType type, long most) {
        this.values = new ValueBuffer(type);
        this.most = most;
    }

    /// Prepares for `cells` with room for `storedValues`; what was in the block is lost.
    public void reset(CellRange cells, int storedValues) {
        this.cells = cells;
        if (rowStarts.length < cells.count() + 1) {
            rowStarts = new int[cells.count() + 1];
        }
        rowStarts[0] = 0;
        if (genes.length < storedValues) {
            genes = new int[0];
            genes = new int[(int) Math.max(storedValues, Math.min(most, BlockSort.withSlack(storedValues)))];
        }
        values.ensureCapacity(genes.length);
    }

    public CellRange cells() {
        return cells;
    }

    /// Where each cell's values start; `rowStarts()[cells().count()]` is the number of stored values.
    public int[] rowStarts() {
        return rowStarts;
    }

    public int[] genes() {
        return genes;
    }

    public ValueBuffer values() {
        return values;
    }

    public int storedValues() {
        return rowStarts[cells.count()];
    }
}
