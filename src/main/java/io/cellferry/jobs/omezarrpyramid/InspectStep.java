package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.planning.StoredPlan;
import java.util.function.Consumer;

/// Step `inspect`: stores the plan that everything else follows.
final class InspectStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        StoredPlan.settle(run, () -> PyramidPlanner.settle(run.request()));
        run.progress().planned(PyramidRun.of(run).plan().steps());
    }
}
