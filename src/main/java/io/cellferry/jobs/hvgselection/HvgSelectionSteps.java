package io.cellferry.jobs.hvgselection;

import io.cellferry.jobs.HvgSteps;
import io.cellferry.jobs.JobSteps;
import java.util.Optional;

/// The steps of the job `hvg-selection`.
final class HvgSelectionSteps {

    static final String NAME = "hvg-selection";

    private HvgSelectionSteps() {}

    static JobSteps declared() {
        return new JobSteps(NAME)
                .single("inspect", new InspectStep())
                .with(HvgSteps.scoring(run -> Optional.of(SelectionRun.of(run))))
                .single("select", new SelectStep())
                .single("publish", new PublishStep());
    }
}
