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

    public CsrBlock(ValueType type) {
        this.values = new ValueBuffer(type);
    }

    /// Prepares for `cells` with room for `storedValues`; what was in the block is lost.
    public void reset(CellRange cells, int storedValues) {
        this.cells = cells;
        if (rowStarts.length < cells.count() + 1) {
            rowStarts = new int[cells.count() + 1];
        }
        rowStarts[0] = 0;
        if (genes.length < storedValues) {
            genes = new int[storedValues];
        }
        values.ensureCapacity(storedValues);
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
