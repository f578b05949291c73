package io.cellferry.jobs.genemajorstore;

import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.planning.StoredPlan;
import java.util.function.Consumer;

/// Step `inspect`: stores the plan that everything else follows.
final class InspectStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        StoredPlan.settle(run, () -> StorePlanner.settle(run.request()));
        run.progress().planned(StoreRun.of(run).plan().steps());
    }
}
