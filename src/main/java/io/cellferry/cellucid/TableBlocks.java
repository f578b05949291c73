package io.cellferry.cellucid;

import io.cellferry.dataset.NumericTable;
import io.cellferry.matrix.CellRange;

/// Reads a table front to back in blocks of rows, so that it is never held.
///
/// 32,768 rows x 2 columns x 8 bytes = 512 KiB, which stay in the second-level cache while they are computed with;
/// wider tables get fewer rows for the same bytes.
final class TableBlocks {

    private static final int MOST_ROWS = 32_768;
    private static final int MOST_NUMBERS = 2 * MOST_ROWS;

    private TableBlocks() {}

    /// Receives the rows of `cells`; `numbers` is lent.
    @FunctionalInterface
    interface Visitor {
        void block(CellRange cells, double[] numbers);
    }

    static void visit(NumericTable table, Visitor visitor) {
        int rows = Math.clamp(MOST_NUMBERS / Math.max(1, table.columns()), 1, MOST_ROWS);
        double[] numbers = new double[Math.multiplyExact(Math.min(rows, table.rows()), table.columns())];
        for (int from = 0; from < table.rows(); from += Math.min(rows, table.rows() - from)) {
            CellRange cells = new CellRange(from, from + Math.min(rows, table.rows() - from));
            table.read(cells, numbers);
            visitor.block(cells, numbers);
        }
    }
}
