package io.cellferry.jobs.hvgselection;

import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.planning.StoredPlan;
import io.cellferry.jobs.variablegenes.HvgOptions;
import io.cellferry.jobs.variablegenes.HvgPlan;
import io.cellferry.jobs.variablegenes.HvgRun;

/// What the scoring of genes is in this job: the whole of it.
final class SelectionRun {

    private SelectionRun() {}

    static HvgOptions options(JobRequest request) {
        return HvgOptions.of("", request.options());
    }

    /// Of `run`; its `inspect` unit must be finished.
    static HvgRun of(RunContext run) {
        return HvgRun.of(run, () -> StoredPlan.read(run, HvgPlan.class), options(run.request()));
    }
}
