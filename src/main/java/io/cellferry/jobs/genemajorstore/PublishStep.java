package io.cellferry.jobs.genemajorstore;

import io.cellferry.genemajor.StoreMetadata;
import io.cellferry.genemajor.StoreNode;
import io.cellferry.jobs.NotCarried;
import io.cellferry.jobs.RunContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Step `publish`: the metadata, the root's last, then one rename that makes the store visible.
final class PublishStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        StoreRun store = StoreRun.of(run);
        StorePlan plan = store.plan();
        run.unit(StoreUnits.METADATA, unit -> {
            List<StoreNode> nodes = new ArrayList<>(plan.groups());
            nodes.addAll(plan.arrays());
            StoreMetadata.of(nodes, plan.layout(), store.starts().storedValues())
                    .write(unit);
        });
        run.goOn();
        run.publish(details(run, store));
    }

    /// What the manifest beside the output tells of the run, besides what storage knows itself.
    private static Map<String, Object> details(RunContext run, StoreRun store) {
        StorePlan plan = store.plan();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("job", run.request().job());
        details.put("input", run.request().input().toString());
        details.put("options", run.request().options().all());
        details.put("matrix", plan.layout().path());
        details.put("order", plan.layout().byCell() ? StoreRules.CELLS : StoreRules.GENES);
        details.put("cells", plan.layout().cells());
        details.put("genes", plan.layout().genes());
        details.put("storedValues", store.starts().storedValues());
        NotCarried.put(details, plan.leftBehind());
        return details;
    }
}
