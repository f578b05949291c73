package io.cellferry.launch.report;

import io.cellferry.jobs.StepProgress;
import java.time.Instant;
import java.util.List;

/// One attempt at a run, from its start to when it was last heard of.
///
/// `end` is a word of [io.cellferry.launch.RunOutcome.End], or [#UNHEARD] as long as none was written: the attempt
/// is at work, or its process was killed. Seconds of processors and the peak of resident memory are those of the whole
/// process.
record Attempt(
        Instant begun,
        Instant lastHeard,
        String end,
        String message,
        double processorSeconds,
        long peakResidentBytes,
        List<StepProgress> steps) {

    static final String UNHEARD = "";

    Attempt {
        steps = List.copyOf(steps);
    }
}
