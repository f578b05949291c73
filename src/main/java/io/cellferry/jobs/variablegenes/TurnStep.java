package io.cellferry.jobs.variablegenes;

import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import io.cellferry.jobs.turning.BlockRuns;
import io.cellferry.matrix.CellRange;
import java.util.List;
import java.util.function.Function;

/// Step `turn`: a matrix that lies gene by gene becomes runs on scratch, from which it is read cell by cell. Scores
/// need cells: their batch, their total. Nothing to do for all others.
final class TurnStep implements UnitSteps.PartitionWork {

    private final Function<RunContext, HvgTask> finder;

    /// `finder` as in [PassStep].
    TurnStep(Function<RunContext, HvgTask> finder) {
        this.finder = finder;
    }

    private List<Partitions.Partition<CellRange>> planned(RunContext run) {
        return switch (finder.apply(run)) {
            case HvgTask.Chosen chosen -> Partitions.each(finished(run, chosen.plan()), UnitNames::turned);
            case HvgTask.Choosing choosing ->
                choosing.hvg()
                        .plan()
                        .turning()
                        .map(turning -> BlockRuns.partitions(
                                turning.plan().blocks(),
                                turning.randomAccess(),
                                run.room().threads()))
                        .orElse(List.of());
        };
    }

    private static List<CellRange> finished(RunContext run, HvgPlan plan) {
        return plan.turning().stream()
                .flatMap(turning -> turning.plan().blocks().stream())
                .filter(genes -> run.folder().isFinished(UnitNames.turned(genes)))
                .toList();
    }

    List<Partitions.Partition<String>> partitions(RunContext run) {
        return Partitions.named(planned(run), UnitNames::turned);
    }

    @Override
    public void work(RunContext run, String partition) {
        if (!(finder.apply(run) instanceof HvgTask.Choosing choosing)) {
            throw new IllegalStateException("the genes are chosen, but " + partition + " is not finished");
        }
        HvgRun hvg = choosing.hvg();
        HvgPlan.Turning turning = hvg.plan().turning().orElseThrow();
        try (MemoryBudget.Lease lease = run.memory().take(turning.workerBytes(), "Turning a block of genes")) {
            hvg.turning().use(desk -> {
                for (CellRange genes : Partitions.units(planned(run), partition)) {
                    run.unit(UnitNames.turned(genes), unit -> desk.turn(genes, UnitNames.turnedFile(genes), unit));
                }
            });
        }
    }
}
