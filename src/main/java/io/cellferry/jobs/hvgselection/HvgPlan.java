package io.cellferry.jobs.hvgselection;

import io.cellferry.hvg.BatchRange;
import io.cellferry.jobs.SettledPlan;
import io.cellferry.jobs.StepUnits;
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

    /// Journaled units of each step, in the order of the steps, when everything is read twice or nothing.
    List<StepUnits> steps(boolean median, boolean twice) {
        long once = (long) ranges.size() * slices.size();
        return List.of(
                new StepUnits("inspect", 1),
                new StepUnits("totals", median ? ranges.size() : 0),
                new StepUnits("median", median ? 1 : 0),
                new StepUnits("moments", once),
                new StepUnits("merge", slices.size()),
                new StepUnits("again", twice ? once : 0),
                new StepUnits("mergeAgain", twice ? slices.size() : 0),
                new StepUnits("select", 1),
                new StepUnits("publish", 0));
    }
}
