package io.cellferry.jobs.hvgselection;

import io.cellferry.hvg.Moments;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.RunContext;
import io.cellferry.matrix.CellRange;
import java.util.function.Consumer;

/// Puts the sums of all ranges of a pass together, from the first to the last, and lets go of them.
final class MergeStep implements Consumer<RunContext> {

    private final PassStep passes;

    MergeStep(PassStep passes) {
        this.passes = passes;
    }

    @Override
    public void accept(RunContext run) {
        HvgRun hvg = HvgRun.of(run);
        for (String pass : passes.passes(hvg)) {
            try (MemoryBudget.Lease lease = run.memory().take(HvgMemory.merge(hvg.plan()), "Merging sums")) {
                run.unit(HvgUnits.merged(pass), unit -> {
                    Moments all = null;
                    for (CellRange cells : hvg.plan().ranges()) {
                        Moments some = hvg.moments(HvgUnits.range(pass, cells));
                        if (all == null) {
                            all = some;
                        } else {
                            all.merge(some);
                        }
                    }
                    if (all == null) {
                        throw new IllegalStateException("pass %s has no ranges".formatted(pass));
                    }
                    PassStep.write(HvgUnits.merged(pass), all, unit);
                });
            }
            run.folder()
                    .dropScratch(hvg.plan().ranges().stream()
                            .map(cells -> HvgUnits.range(pass, cells))
                            .toList());
        }
    }
}
