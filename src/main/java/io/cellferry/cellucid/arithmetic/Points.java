package io.cellferry.cellucid.arithmetic;

/// A table with one point per cell that is read front to back, as often as needed, and never held.
public interface Points {

    int cells();

    /// Coordinates of one point.
    int columns();

    /// The type the coordinates have and are computed with.
    Precision precision();

    /// Calls `visitor` for consecutive blocks that cover all cells in order.
    void visit(BlockVisitor visitor);

    /// Receives the points of the cells from `firstCell` on, one after the other in `rows`, which is lent.
    @FunctionalInterface
    interface BlockVisitor {
        void block(int firstCell, int cells, double[] rows);
    }
}
