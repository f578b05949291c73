package io.cellferry.jobs.cellucidexport;

import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.planning.StoredPlan;
import java.util.function.Consumer;

/// Step `inspect`: stores the plan that everything else follows.
final class InspectStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        StoredPlan.settle(run, () -> ExportPlanner.settle(run.request(), run.room()));
        run.progress().planned(PlanSheet.steps(run.request(), ExportRun.of(run).plan()));
    }
}
