package io.cellferry.jobs.hvgselection;

import io.cellferry.jobs.JobSteps;
import io.cellferry.jobs.variablegenes.HvgSteps;
import io.cellferry.jobs.variablegenes.HvgTask;

/// The steps of the job `hvg-selection`.
final class HvgSelectionSteps {

    static final String NAME = "hvg-selection";

    private HvgSelectionSteps() {}

    static JobSteps declared() {
        return new JobSteps(NAME)
                .single("inspect", new InspectStep())
                .with(HvgSteps.scoring(run -> new HvgTask.Choosing(SelectionRun.of(run))))
                .single("select", new SelectStep())
                .single("publish", new PublishStep());
    }
}
