package io.cellferry.jobs.hvgselection;

import io.cellferry.jobs.HvgOptions;
import io.cellferry.jobs.HvgPlan;
import io.cellferry.jobs.HvgRun;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.StoredPlan;

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
