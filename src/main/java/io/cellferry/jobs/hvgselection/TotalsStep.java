package io.cellferry.jobs.hvgselection;

import java.util.List;

/// Step `totals`: how many counts each cell has, where cells are scaled to the median of that.
final class TotalsStep extends PassStep {

    static final String PASS = "totals";

    @Override
    List<String> passes(HvgRun hvg) {
        return hvg.options().wantsMedian() ? List.of(PASS) : List.of();
    }

    @Override
    Reading reading(HvgRun hvg, String pass) {
        return new Reading(pass, hvg.plainSelection()::totalsPass);
    }
}
