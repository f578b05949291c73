package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.jobs.RunContext;
import io.cellferry.storage.StagedFile;
import java.util.function.Consumer;

/// Step `inspect`: stores the plan that everything else follows.
final class InspectStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        run.unit(PyramidUnits.INSPECT, unit -> {
            PyramidPlan plan =
                    run.settled().map(PyramidPlan.class::cast).orElseGet(() -> PyramidPlanner.settle(run.request()));
            try (StagedFile file = unit.scratch(PyramidUnits.PLAN_FILE)) {
                file.write(PyramidRun.toBytes(plan));
                file.finish();
            }
        });
        run.progress().planned(PyramidRun.of(run).plan().unitCount());
    }
}
