package io.cellferry.launch;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.RunContext;
import org.springframework.batch.core.job.JobExecution;

/// Does the batch work of one run on the calling thread. A framework is started for each run; tests of thousands of
/// runs keep one.
@FunctionalInterface
interface BatchWork {
    /// Told that a run of `job` is going to be planned: what takes long the first time may be done beside it, leaving no
    /// trace, because the plan may refuse. Returns at once.
    default void prepare(ConversionJob job) {}

    JobExecution run(RunRepository repository, RunContext context);
}
