package io.cellferry.launch.report;

import io.cellferry.jobs.FactSheet;
import io.cellferry.launch.profile.ProfileSummary;
import io.cellferry.page.Picture;
import io.cellferry.storage.OutputManifest;
import java.util.List;
import java.util.Optional;

/// All that a report tells. `sheet` says what is in the input, `output` what was published.
record RunFacts(
        Subject subject,
        Ending ending,
        Optional<FactSheet> sheet,
        Optional<OutputManifest> output,
        Timings timings,
        List<Picture> pictures,
        Optional<ProfileSummary> profile) {

    RunFacts {
        pictures = List.copyOf(pictures);
    }

    /// The attempt that the report is about.
    Attempt attempt() {
        return timings.attempts().getLast();
    }
}
