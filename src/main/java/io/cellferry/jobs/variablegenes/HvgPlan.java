package io.cellferry.jobs.variablegenes;

import io.cellferry.hvg.BatchRange;
import io.cellferry.hvg.Flavor;
import io.cellferry.jobs.SettledPlan;
import io.cellferry.jobs.StepUnits;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.TranspositionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a run will do, settled once by its `inspect` step and stored with it.
///
/// `ranges` are the cells that one unit adds up; they follow from the data alone, because sums of fractions depend on
/// them; `sums` says how often one of them has cells of a batch. `slices` are the batches that are scored together.
/// `readerBytes` is what reading takes in each worker, `batchBytes` what the sums of one batch take. A matrix that lies
/// gene by gene is turned first.
public record HvgPlan(
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
        long sums,
        List<BatchRange> slices,
        Optional<Turning> turning)
        implements SettledPlan {

    public HvgPlan {
        ranges = List.copyOf(ranges);
        slices = List.copyOf(slices);
    }

    /// How a matrix that lies gene by gene is turned: blocks of genes (which the plan calls cells, as it is that of the
    /// mirror), whether they can be read in any order, and what that takes.
    public record Turning(TranspositionPlan plan, boolean randomAccess, long workerBytes, long scratchBytes) {}

    /// How often the matrix is read at least.
    public int passes(HvgOptions options) {
        boolean twice = options.settings().flavor() == Flavor.PEARSON_RESIDUALS;
        return slices.size() * (twice ? 2 : 1) + (options.wantsMedian() ? 1 : 0);
    }

    /// Journaled units of each step that chooses genes, in the order of the steps, when everything is read twice or
    /// nothing.
    public List<StepUnits> choosing(boolean median, boolean twice) {
        long once = (long) ranges.size() * slices.size();
        return List.of(
                new StepUnits(
                        "turn", turning.map(one -> one.plan().blocks().size()).orElse(0)),
                new StepUnits("totals", median ? ranges.size() : 0),
                new StepUnits("median", median ? 1 : 0),
                new StepUnits("moments", once),
                new StepUnits("merge", slices.size()),
                new StepUnits("again", twice ? once : 0),
                new StepUnits("mergeAgain", twice ? slices.size() : 0),
                new StepUnits("select", 1));
    }

    /// The same for a run that does nothing else.
    public List<StepUnits> steps(boolean median, boolean twice) {
        List<StepUnits> steps = new ArrayList<>(List.of(new StepUnits("inspect", 1)));
        steps.addAll(choosing(median, twice));
        steps.add(new StepUnits("publish", 0));
        return steps;
    }
}
