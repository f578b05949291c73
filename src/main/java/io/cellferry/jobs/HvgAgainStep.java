package io.cellferry.jobs;

import io.cellferry.hvg.BatchRange;
import io.cellferry.hvg.SecondPass;
import java.util.List;
import java.util.function.Function;

/// Step `again`: what some flavours read a second time, once the first sums say how.
public final class HvgAgainStep extends HvgPassStep {

    static final String PASS = "again";

    static String pass(BatchRange slice) {
        return HvgUnits.pass(PASS, slice);
    }

    public HvgAgainStep(Function<RunContext, HvgTask> finder) {
        super(finder);
    }

    @Override
    List<String> possible(HvgPlan plan) {
        return plan.slices().stream().map(HvgAgainStep::pass).toList();
    }

    @Override
    List<String> passes(HvgRun hvg) {
        return hvg.plan().slices().stream()
                .filter(hvg::isReadAgain)
                .map(HvgAgainStep::pass)
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
