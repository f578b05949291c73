package io.cellferry.jobs;

import io.cellferry.matrix.CellRange;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Step `turn`: a matrix that lies gene by gene becomes runs on scratch, from which it is read cell by cell. Scores
/// need cells: their batch, their total. Nothing to do for all others.
public final class HvgTurnStep implements UnitSteps.PartitionWork {

    private final Function<RunContext, Optional<HvgRun>> finder;

    /// `finder` as in [HvgPassStep].
    public HvgTurnStep(Function<RunContext, Optional<HvgRun>> finder) {
        this.finder = finder;
    }

    private List<Partitions.Partition<CellRange>> planned(RunContext run) {
        return finder.apply(run)
                .flatMap(hvg -> hvg.plan().turning())
                .map(turning -> BlockRuns.partitions(turning.plan().blocks(), turning.randomAccess()))
                .orElse(List.of());
    }

    public List<Partitions.Partition<String>> partitions(RunContext run) {
        return Partitions.named(planned(run), HvgUnits::turned);
    }

    @Override
    public void work(RunContext run, String partition) {
        HvgRun hvg = finder.apply(run).orElseThrow();
        HvgPlan.Turning turning = hvg.plan().turning().orElseThrow();
        try (MemoryBudget.Lease lease = run.memory().take(turning.workerBytes(), "Turning a block of genes")) {
            hvg.turning().use(desk -> {
                for (CellRange genes : Partitions.units(planned(run), partition)) {
                    run.unit(HvgUnits.turned(genes), unit -> desk.turn(genes, HvgUnits.turnedFile(genes), unit));
                }
            });
        }
    }
}
