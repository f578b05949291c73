package io.cellferry.launch;

import io.cellferry.jobs.ActiveRuns;
import io.cellferry.jobs.RunContext;
import io.cellferry.storage.RunFolder;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/// Starts or continues the batch job of a run. The only class that talks to the framework's operator.
///
/// The caller owns the run's folder. That is the proof that whatever the repository still calls running is dead, and
/// what makes recovering it safe without asking anybody.
public final class RunLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(RunLauncher.class);

    private static final String BEGUN_PARAMETER = "begun";
    private static final String GENERATION_PARAMETER = "generation";

    private final JobOperator operator;
    private final JobRepository repository;
    private final ActiveRuns runs;
    private final Map<String, Job> jobs;

    RunLauncher(JobOperator operator, JobRepository repository, ActiveRuns runs, Map<String, Job> jobs) {
        this.operator = operator;
        this.repository = repository;
        this.runs = runs;
        this.jobs = Map.copyOf(jobs);
    }

    /// Runs the job named in the run's request to its end, on this thread.
    JobExecution run(RunContext run) {
        Job job = jobs.get(run.request().job());
        if (job == null) {
            throw new IllegalStateException(
                    "no batch job is called " + run.request().job());
        }
        runs.add(run);
        try {
            return operator.start(job, usableParameters(job.getName(), run.folder()));
        } catch (JobExecutionException e) {
            throw new IllegalStateException(
                    "the batch framework refused to start run " + run.folder().runId(), e);
        } finally {
            runs.remove(run);
        }
    }

    /// The parameters of an instance that may start. An instance that the framework would never start again
    /// (COMPLETED, UNKNOWN, ABANDONED, or with an UNKNOWN step) is left as history and the next generation is used:
    /// the journal decides what is done.
    ///
    /// When the journal was begun is part of them. Two machines that share a database may have an output of one
    /// name on disks of their own; owning one of them proves nothing about the other.
    private JobParameters usableParameters(String job, RunFolder folder) {
        for (long generation = 0; ; generation++) {
            JobParameters parameters = new JobParametersBuilder()
                    .addString(ActiveRuns.RUN_PARAMETER, folder.runId())
                    .addString(BEGUN_PARAMETER, folder.startedAt().toString())
                    .addLong(GENERATION_PARAMETER, generation)
                    .toJobParameters();
            JobInstance instance = repository.getJobInstance(job, parameters);
            if (instance == null) {
                return parameters;
            }
            JobExecution last = repository.getLastJobExecution(instance);
            if (last == null) {
                // Died between the two inserts of a first start; the framework could never start it again.
                repository.deleteJobInstance(instance);
                return parameters;
            }
            if (!isOver(last)) {
                recoverIfInterrupted(last);
                return parameters;
            }
        }
    }

    private static boolean isOver(JobExecution last) {
        return switch (last.getStatus()) {
            case COMPLETED, UNKNOWN, ABANDONED -> true;
            case STARTING, STARTED, STOPPING, STOPPED, FAILED ->
                last.getStepExecutions().stream().anyMatch(step -> step.getStatus() == BatchStatus.UNKNOWN);
        };
    }

    /// The steps decide as well as the execution: when the database went away first, only partitions are left
    /// running.
    private void recoverIfInterrupted(JobExecution last) {
        boolean interrupted = last.isRunning()
                || last.getStepExecutions().stream()
                        .map(StepExecution::getStatus)
                        .anyMatch(BatchStatus::isRunning);
        if (interrupted) {
            LOG.info("the process of job execution {} died; recovering it", last.getId());
            last.setExitStatus(ExitStatus.FAILED.addExitDescription("process died; recovered"));
            operator.recover(last);
        }
    }
}
