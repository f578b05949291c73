package io.cellferry.jobs.variablegenes;

import io.cellferry.jobs.RunContext;
import java.util.List;
import java.util.function.Function;

/// Step `totals`: how many counts each cell has, where cells are scaled to the median of that.
final class TotalsStep extends PassStep {

    static final String PASS = "totals";

    TotalsStep(Function<RunContext, HvgTask> finder) {
        super(finder);
    }

    @Override
    List<String> possible(HvgPlan plan) {
        return List.of(PASS);
    }

    @Override
    List<String> passes(HvgRun hvg) {
        return hvg.options().wantsMedian() ? List.of(PASS) : List.of();
    }

    @Override
    Reading reading(HvgRun hvg, String pass) {
        return new Reading(pass, hvg.plainSelection()::totalsPass);
    }
}
