package io.cellferry.jobs.variablegenes;

import io.cellferry.hvg.BatchRange;
import io.cellferry.hvg.HvgSelection;
import io.cellferry.jobs.RunContext;
import java.util.List;
import java.util.function.Function;

/// Step `moments`: sums and sums of squares of every gene in every batch.
final class MomentsStep extends PassStep {

    static final String PASS = "moments";

    static String pass(BatchRange slice) {
        return UnitNames.pass(PASS, slice);
    }

    MomentsStep(Function<RunContext, HvgTask> finder) {
        super(finder);
    }

    @Override
    List<String> possible(HvgPlan plan) {
        return plan.slices().stream().map(MomentsStep::pass).toList();
    }

    @Override
    List<String> passes(HvgRun hvg) {
        return possible(hvg.plan());
    }

    @Override
    Reading reading(HvgRun hvg, String pass) {
        BatchRange slice = slice(hvg, pass);
        HvgSelection selection = hvg.selection();
        return new Reading(pass, firstCell -> selection.firstPass(firstCell, slice, HvgSelection.KEPT));
    }

    private static BatchRange slice(HvgRun hvg, String pass) {
        return hvg.plan().slices().stream()
                .filter(slice -> pass(slice).equals(pass))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the plan has no pass " + pass));
    }
}
