package io.cellferry.jobs.variablegenes;

import io.cellferry.hvg.BatchRange;
import io.cellferry.hvg.SecondPass;
import io.cellferry.jobs.RunContext;
import java.util.List;
import java.util.function.Function;

/// Step `again`: what some flavours read a second time, once the first sums say how.
final class AgainStep extends PassStep {

    static final String PASS = "again";

    static String pass(BatchRange slice) {
        return UnitNames.pass(PASS, slice);
    }

    AgainStep(Function<RunContext, HvgTask> finder) {
        super(finder);
    }

    @Override
    List<String> possible(HvgPlan plan) {
        return plan.slices().stream().map(AgainStep::pass).toList();
    }

    @Override
    List<String> passes(HvgRun hvg) {
        return hvg.plan().slices().stream()
                .filter(hvg::isReadAgain)
                .map(AgainStep::pass)
                .toList();
    }

    @Override
    Reading reading(HvgRun hvg, String pass) {
        BatchRange slice = hvg.plan().slices().stream()
                .filter(one -> pass(one).equals(pass))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the plan has no pass " + pass));
        SecondPass second = hvg.secondPass(slice);
        return new Reading(pass, second::from);
    }
}
