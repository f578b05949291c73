package io.cellferry.jobs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;

/// The runs this process is working on, found by the run id that every job execution carries as its parameter.
public final class ActiveRuns {

    /// The one identifying parameter of every job execution.
    public static final String RUN_PARAMETER = "run";

    private final Map<String, RunContext> runs = new ConcurrentHashMap<>();

    public void add(RunContext run) {
        if (runs.putIfAbsent(run.folder().runId(), run) != null) {
            throw new IllegalStateException(
                    "run %s is active already".formatted(run.folder().runId()));
        }
    }

    public void remove(RunContext run) {
        runs.remove(run.folder().runId(), run);
    }

    RunContext of(StepExecution step) {
        return of(step.getJobExecution());
    }

    RunContext of(JobExecution execution) {
        String id = execution.getJobParameters().getString(RUN_PARAMETER);
        RunContext run = id == null ? null : runs.get(id);
        if (run == null) {
            throw new IllegalStateException("run %s is not active".formatted(id));
        }
        return run;
    }
}
