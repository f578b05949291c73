package io.cellferry.jobs.variablegenes;

import io.cellferry.hvg.Moments;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.RunContext;
import io.cellferry.matrix.CellRange;
import java.util.function.Consumer;

/// Puts the sums of all ranges of a pass together, from the first to the last. The sums of ranges stay: should the
/// merged ones be lost, with a scratch folder that moves for example, nothing else could make them again.
final class MergeStep implements Consumer<RunContext> {

    private final PassStep passes;

    MergeStep(PassStep passes) {
        this.passes = passes;
    }

    @Override
    public void accept(RunContext run) {
        switch (passes.task(run)) {
            case HvgTask.Chosen chosen ->
                passes.possible(chosen.plan()).stream()
                        .map(UnitNames::merged)
                        .filter(run.folder()::isFinished)
                        .forEach(unit -> run.progress().found());
            case HvgTask.Choosing choosing -> merge(run, choosing.hvg());
        }
    }

    private void merge(RunContext run, HvgRun hvg) {
        hvg.blocks().clear();
        for (String pass : passes.passes(hvg)) {
            try (MemoryBudget.Lease lease =
                    run.memory().take(HvgMemory.merge(hvg.plan(), hvg.wants()), "Merging sums")) {
                run.unit(UnitNames.merged(pass), unit -> {
                    Moments all = null;
                    for (CellRange cells : hvg.plan().ranges()) {
                        Moments some = hvg.moments(UnitNames.range(pass, cells));
                        if (all == null) {
                            all = some;
                        } else {
                            all.merge(some);
                            hvg.plainSelection().refuseTooManyTotals(all);
                        }
                    }
                    if (all == null) {
                        throw new IllegalStateException("pass %s has no ranges".formatted(pass));
                    }
                    PassStep.write(UnitNames.merged(pass), all, unit);
                });
            }
        }
    }
}
