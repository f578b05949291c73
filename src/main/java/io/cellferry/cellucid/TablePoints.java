package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Points;
import io.cellferry.cellucid.arithmetic.Precision;
import io.cellferry.dataset.NumericTable;

/// The points of a table as the arithmetic wants them: placed by an embedding's frame, or narrowed to float.
record TablePoints(NumericTable table, Precision precision, Placement placement) implements Points {

    /// What becomes of the number `value` in column `column`.
    @FunctionalInterface
    interface Placement {
        double place(double value, int column);
    }

    static TablePoints placed(EmbeddingFrame frame, NumericTable table) {
        return new TablePoints(table, frame.precision(), frame::place);
    }

    static TablePoints narrowed(NumericTable table) {
        return new TablePoints(table, Precision.SINGLE, (value, column) -> (float) value);
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
        int columns = table.columns();
        TableBlocks.visit(table, (cells, numbers) -> {
            for (int at = 0; at < cells.count() * columns; at++) {
                numbers[at] = placement.place(numbers[at], at % columns);
            }
            visitor.block(cells.from(), cells.count(), numbers);
        });
    }
}
