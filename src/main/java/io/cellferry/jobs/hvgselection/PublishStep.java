package io.cellferry.jobs.hvgselection;

import io.cellferry.jobs.NotCarried;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.variablegenes.HvgPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Step `publish`: one rename that makes the result visible.
final class PublishStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        HvgPlan plan = SelectionRun.of(run).plan();
        run.goOn();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("job", run.request().job());
        details.put("input", run.request().input().toString());
        details.put("options", run.request().options().all());
        details.put("matrix", plan.matrix());
        details.put("cells", plan.cells());
        details.put("genes", plan.genes());
        details.put("batches", plan.batches());
        NotCarried.put(details, KeptRemarks.read(run));
        run.publish(details);
    }
}
