package io.cellferry.hvg;

import io.cellferry.matrix.CsrBlock;
import java.util.Arrays;

/// The rows of a block, batch after batch, within a batch as they lie.
///
/// Sums of a batch are megabytes: going from batch to batch with every row would fetch them from memory each time.
/// As batches have their own sums, only the order within a batch shows in the result. Reusable; 8 bytes a row and 4
/// bytes a batch of the slice.
final class BatchedRows {

    private final CellBatches batches;
    private final BatchRange slice;
    private final int[] ends;
    private int[] rows = new int[0];
    private int[] batchOfRow = new int[0];

    BatchedRows(CellBatches batches, BatchRange slice) {
        this.batches = batches;
        this.slice = slice;
        this.ends = new int[slice.count() + 1];
    }

    /// Sorts the rows of `block` that belong to the slice and says how many there are.
    int sort(CsrBlock block) {
        int cells = block.cells().count();
        if (rows.length < cells) {
            rows = new int[cells];
            batchOfRow = new int[cells];
        }
        Arrays.fill(ends, 0);
        for (int row = 0; row < cells; row++) {
            int batch = batches.batch(block.cells().from() + row);
            batchOfRow[row] = batch;
            if (slice.contains(batch)) {
                ends[batch - slice.from() + 1]++;
            }
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        int found = ends[ends.length - 1];
        for (int row = 0; row < cells; row++) {
            if (slice.contains(batchOfRow[row])) {
                rows[ends[batchOfRow[row] - slice.from()]++] = row;
            }
        }
        return found;
    }

    /// The row at a place of the sorted ones.
    int row(int place) {
        return rows[place];
    }

    /// The batch of a row that belongs to the slice.
    int batch(int row) {
        return batchOfRow[row];
    }
}
