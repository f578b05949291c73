package io.cellferry.jobs.hvgselection;

import io.cellferry.hvg.BatchRange;
import io.cellferry.hvg.HvgSelection;
import java.util.List;

/// Step `moments`: sums and sums of squares of every gene in every batch.
final class MomentsStep extends PassStep {

    static final String PASS = "moments";

    static String pass(BatchRange slice) {
        return HvgUnits.pass(PASS, slice);
    }

    @Override
    List<String> passes(HvgRun hvg) {
        return hvg.plan().slices().stream().map(MomentsStep::pass).toList();
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
