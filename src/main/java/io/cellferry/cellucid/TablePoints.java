package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Points;
import io.cellferry.cellucid.arithmetic.Precision;
import io.cellferry.dataset.NumericTable;

/// The points of a table as the arithmetic wants them: placed by an embedding's frame, or narrowed to float.
record TablePoints(NumericTable table, Precision precision, Placement placement) implements Points {

    /// Replaces the first `count` numbers, whole rows one after the other, by what becomes of them.
    @FunctionalInterface
    interface Placement {
        void place(double[] numbers, int count);
    }

    static TablePoints placed(EmbeddingFrame frame, NumericTable table) {
        return new TablePoints(table, frame.precision(), frame::place);
    }

    static TablePoints narrowed(NumericTable table) {
        return new TablePoints(table, Precision.SINGLE, TablePoints::narrow);
    }

    private static void narrow(double[] numbers, int count) {
        for (int at = 0; at < count; at++) {
            numbers[at] = (float) numbers[at];
        }
    }

    @Override
    public int cells() {
        return table.rows();
    }

    @Override
    public int columns() {
        return table.columns();
    }

    @Override
    public void visit(BlockVisitor visitor) {
        TableBlocks.visit(table, (cells, numbers) -> {
            placement.place(numbers, cells.count() * columns());
            visitor.block(cells.from(), cells.count(), numbers);
        });
    }
}
