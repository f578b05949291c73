package io.cellferry.jobs.hvgselection;

import io.cellferry.hvg.BatchRange;
import io.cellferry.jobs.SettledPlan;
import io.cellferry.matrix.CellRange;
import java.util.List;
import java.util.OptionalDouble;

/// What a run will do, settled once by its `inspect` step and stored with it.
///
/// `ranges` are the cells that one unit adds up; they follow from the data alone, because sums of fractions depend on
/// them. `slices` are the batches that are scored together. `readerBytes` is what reading takes in each worker,
/// `batchBytes` what the sums of one batch take.
record HvgPlan(
        String matrix,
        int cells,
        int genes,
        int batches,
        long storedValues,
        long readerBytes,
        long batchBytes,
        boolean randomAccess,
        OptionalDouble logBase,
        List<CellRange> ranges,
        List<BatchRange> slices)
        implements SettledPlan {

    HvgPlan {
        ranges = List.copyOf(ranges);
        slices = List.copyOf(slices);
    }

    /// Journaled units when everything is read twice.
    long unitCount(boolean median, boolean twice) {
        long each = ranges.size();
        long again = twice ? (each + 1) * slices.size() : 0;
        return 1 + (median ? each + 1 : 0) + (each + 1) * slices.size() + again + 1;
    }
}
