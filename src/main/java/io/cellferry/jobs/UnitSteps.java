package io.cellferry.jobs;

import io.cellferry.failure.RunStopped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.task.TaskExecutor;

/// Builds the steps of all jobs: tasklets that work on journaled units.
///
/// The job repository only indexes them. What is finished stands in the run's journal, so every step may start again,
/// after a restart or because the repository was lost, and skips finished units by itself; the repository's COMPLETED
/// alone is not believed. File work runs outside database transactions: a tasklet's transaction lasts as long as the
/// tasklet and would hold a pooled connection for hours.
public final class UnitSteps {

    private final JobRepository repository;
    private final ActiveRuns runs;
    private final TaskExecutor workers;
    private final ResourcelessTransactionManager noTransaction = new ResourcelessTransactionManager();

    public UnitSteps(JobRepository repository, ActiveRuns runs, TaskExecutor workers) {
        this.repository = repository;
        this.runs = runs;
        this.workers = workers;
    }

    /// A step done by one thread.
    public Step single(String name, Consumer<RunContext> work) {
        return new StepBuilder(name, repository)
                .tasklet(
                        tasklet((run, step) -> {
                            run.progress().entering(name);
                            work.accept(run);
                            run.progress().leaving();
                        }),
                        noTransaction)
                .allowStartIfComplete(true)
                .build();
    }

    /// A step whose partitions of named units are done side by side. `partitions` must come from the stored plan and
    /// the number of workers alone, so that they are the same as long as the attempt lasts, and changes nothing; those
    /// whose units are all finished by the journal are left out.
    public Step partitioned(
            String name, Step worker, Function<RunContext, List<Partitions.Partition<String>>> partitions) {
        return partitioned(name, worker, run -> {}, partitions);
    }

    /// The same for a step that has something to do before its first partition, on one thread and whether or not
    /// there is a partition to do: letting go of memory that the step before kept for its own.
    public Step partitioned(
            String name,
            Step worker,
            Consumer<RunContext> beginning,
            Function<RunContext, List<Partitions.Partition<String>>> partitions) {
        return new StepBuilder(name, repository)
                .partitioner(worker.getName(), gridSize -> Map.of())
                .splitter(new StepExecutionSplitter() {
                    @Override
                    public String getStepName() {
                        return worker.getName();
                    }

                    @Override
                    public Set<StepExecution> split(StepExecution step, int gridSize) throws JobExecutionException {
                        RunContext run = runs.of(step);
                        beginning.accept(run);
                        List<String> unfinished = entering(name, run, partitions.apply(run));
                        var splitter = new SimpleStepExecutionSplitter(
                                repository, worker.getName(), grid -> contexts(unfinished));
                        splitter.setAllowStartIfComplete(true);
                        return inOrder(splitter.split(step, gridSize), unfinished, worker.getName());
                    }
                })
                .step(worker)
                .taskExecutor(workers)
                .allowStartIfComplete(true)
                .build();
    }

    /// As the plan has them: whoever put the longest first wants it to begin first.
    private static Set<StepExecution> inOrder(Set<StepExecution> split, List<String> names, String worker) {
        Map<String, Integer> places = new HashMap<>();
        for (String name : names) {
            places.put(worker + ":" + name, places.size());
        }
        List<StepExecution> sorted = new ArrayList<>(split);
        sorted.sort(Comparator.comparing(step -> places.getOrDefault(step.getStepName(), Integer.MAX_VALUE)));
        return new LinkedHashSet<>(sorted);
    }

    /// Names of the partitions that have anything left to do.
    private static List<String> entering(String name, RunContext run, List<Partitions.Partition<String>> partitions) {
        List<String> unfinished = new ArrayList<>();
        long planned = 0;
        long kept = 0;
        for (Partitions.Partition<String> partition : partitions) {
            long finished =
                    partition.units().stream().filter(run.folder()::isFinished).count();
            planned += partition.units().size();
            kept += finished;
            if (finished < partition.units().size()) {
                unfinished.add(partition.name());
            }
        }
        run.progress().entering(name, planned, kept);
        return unfinished;
    }

    /// The worker of a partitioned step; `work` gets the partition's name.
    public Step worker(String name, PartitionWork work) {
        return new StepBuilder(name, repository)
                .tasklet(tasklet((run, step) -> work.work(run, partition(name, step))), noTransaction)
                .allowStartIfComplete(true)
                .build();
    }

    /// The partition stands in the step's name. Its execution context is a row of its own, and a process killed between
    /// the two leaves a step that is started again without it.
    private static String partition(String worker, StepExecution step) {
        String prefix = worker + ":";
        if (!step.getStepName().startsWith(prefix)) {
            throw new IllegalStateException("step %s is no partition of %s".formatted(step.getStepName(), worker));
        }
        return step.getStepName().substring(prefix.length());
    }

    /// Work on one named partition.
    @FunctionalInterface
    public interface PartitionWork {
        void work(RunContext run, String partition);
    }

    private interface StepWork {
        void work(RunContext run, StepExecution step);
    }

    private Tasklet tasklet(StepWork work) {
        return (contribution, chunk) -> {
            StepExecution step = contribution.getStepExecution();
            RunContext run = runs.of(step);
            try {
                work.work(run, step);
            } catch (RunStopped stopped) {
                // The framework marks a step STOPPED, not FAILED, only for its own exception.
                throw (JobInterruptedException)
                        new JobInterruptedException(String.valueOf(stopped.getMessage())).initCause(stopped);
            } catch (RuntimeException | Error reason) {
                run.failed(reason);
                throw reason;
            }
            return RepeatStatus.FINISHED;
        };
    }

    private static Map<String, ExecutionContext> contexts(List<String> names) {
        Map<String, ExecutionContext> contexts = new LinkedHashMap<>();
        for (String name : names) {
            contexts.put(name, new ExecutionContext());
        }
        return contexts;
    }
}
