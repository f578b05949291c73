package io.cellferry.jobs.hvgselection;

import io.cellferry.jobs.RunContext;
import io.cellferry.storage.StagedFile;
import java.util.function.Consumer;

/// Step `inspect`: stores the plan that everything else follows.
final class InspectStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        run.unit(HvgUnits.INSPECT, unit -> {
            HvgPlan plan = run.settled()
                    .map(HvgPlan.class::cast)
                    .orElseGet(() -> HvgPlanner.settle(run.request(), run.room()));
            try (StagedFile file = unit.scratch(HvgUnits.PLAN_FILE)) {
                file.write(HvgRun.toBytes(plan));
                file.finish();
            }
        });
        HvgRun hvg = HvgRun.of(run);
        boolean twice = hvg.options().settings().flavor() == io.cellferry.hvg.Flavor.PEARSON_RESIDUALS;
        run.progress().planned(hvg.plan().unitCount(hvg.options().wantsMedian(), twice));
    }
}
