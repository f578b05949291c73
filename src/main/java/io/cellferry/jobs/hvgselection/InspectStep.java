package io.cellferry.jobs.hvgselection;

import io.cellferry.hvg.Flavor;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.planning.StoredPlan;
import io.cellferry.jobs.variablegenes.HvgPlanner;
import io.cellferry.jobs.variablegenes.HvgRun;
import java.util.function.Consumer;

/// Step `inspect`: stores the plan that everything else follows.
final class InspectStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        StoredPlan.settle(run, () -> HvgPlanner.settle(run.request(), SelectionRun.options(run.request()), run.room()));
        HvgRun hvg = SelectionRun.of(run);
        boolean twice = hvg.options().settings().flavor() == Flavor.PEARSON_RESIDUALS;
        run.progress().planned(hvg.plan().steps(hvg.options().wantsMedian(), twice));
    }
}
