package io.cellferry.jobs.genemajorstore;

import io.cellferry.jobs.RunContext;
import io.cellferry.storage.StagedFile;
import java.util.function.Consumer;

/// Step `inspect`: stores the plan that everything else follows.
final class InspectStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        run.unit(StoreUnits.INSPECT, unit -> {
            StorePlan plan =
                    run.settled().map(StorePlan.class::cast).orElseGet(() -> StorePlanner.settle(run.request()));
            try (StagedFile file = unit.scratch(StoreUnits.PLAN_FILE)) {
                file.write(StoreRun.toBytes(plan));
                file.finish();
            }
        });
        run.progress().planned(StoreRun.of(run).plan().unitCount());
    }
}
