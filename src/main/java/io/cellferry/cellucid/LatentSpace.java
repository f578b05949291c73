package io.cellferry.cellucid;

import io.cellferry.dataset.NumericTable;
import io.cellferry.failure.InputRefused;

/// The table whose distances say how unusual a cell is.
public final class LatentSpace {

    private LatentSpace() {}

    /// Reads all of `table` and refuses what is not finite float32; `where` names it in messages.
    public static void check(Contract contract, String where, NumericTable table) {
        int columns = table.columns();
        if (columns == 0) {
            throw new InputRefused("%s: expected at least one column, found none.".formatted(where), "Use --latent.");
        }
        NarrowingCount count = new NarrowingCount(contract, where);
        TableBlocks.visit(table, (cells, numbers) -> {
            for (int at = 0; at < cells.count() * columns; at++) {
                count.look(cells.from() + at / columns, numbers[at], (float) numbers[at]);
            }
        });
        count.requireFinite("Choose another table with --latent, or fill it for every cell.");
    }
}
