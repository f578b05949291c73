package io.cellferry.launch;

import io.cellferry.jobs.RunContext;
import org.springframework.batch.core.job.JobExecution;

/// Does the batch work of one run on the calling thread. A framework is started for each run; tests of thousands of
/// runs keep one.
@FunctionalInterface
interface BatchWork {
    JobExecution run(RunRepository repository, RunContext context);
}
