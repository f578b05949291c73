package io.cellferry.jobs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/// A job whose steps are done one after the other, past those that a run does not need.
///
/// The framework's own sequence goes through all of them, and one that finds nothing to do still takes some ten
/// commits, each of which waits for the disk.
final class NeededSteps extends AbstractJob {

    private final Map<String, Step> steps;
    private final BiPredicate<JobExecution, String> needed;

    /// `steps` in their order. Whether one is `needed` is asked when all before it are done.
    NeededSteps(
            String name, JobRepository repository, Map<String, Step> steps, BiPredicate<JobExecution, String> needed) {
        super(name);
        this.steps = steps;
        this.needed = needed;
        setJobRepository(repository);
    }

    @Override
    public @Nullable Step getStep(String name) {
        return steps.get(name);
    }

    @Override
    public Collection<String> getStepNames() {
        return List.copyOf(steps.keySet());
    }

    @Override
    protected void doExecute(JobExecution execution) throws JobExecutionException {
        StepExecution last = null;
        for (Map.Entry<String, Step> step : steps.entrySet()) {
            if (needed.test(execution, step.getKey())) {
                last = handleStep(step.getValue(), execution);
                if (last.getStatus() != BatchStatus.COMPLETED) {
                    break;
                }
            }
        }
        if (last != null) {
            execution.upgradeStatus(last.getStatus());
            execution.setExitStatus(last.getExitStatus());
        }
    }
}
