package io.cellferry.jobs.cellucidexport;

import io.cellferry.jobs.RunContext;
import io.cellferry.storage.StagedFile;
import java.util.function.Consumer;

/// Step `inspect`: stores the plan that everything else follows.
final class InspectStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        run.unit(UnitNames.INSPECT, unit -> {
            ExportPlan plan =
                    run.settled().map(ExportPlan.class::cast).orElseGet(() -> ExportPlanner.settle(run.request()));
            try (StagedFile file = unit.scratch(UnitNames.PLAN_FILE)) {
                file.write(ExportRun.toBytes(plan));
                file.finish();
            }
        });
        run.progress().planned(ExportRun.of(run).plan().unitCount());
    }
}
