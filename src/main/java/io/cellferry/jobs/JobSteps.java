package io.cellferry.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.BeanFactory;

/// The steps of one job, declared in the order in which they are done. Step names are stored with every run: they are
/// published.
///
/// Every step and every worker is a bean, because only beans are measured; bean names carry the job's name, because
/// other jobs have an `inspect` of their own.
public final class JobSteps {

    private final String job;
    private final List<String> order = new ArrayList<>();
    private final Map<String, Function<BeanFactory, Step>> steps = new LinkedHashMap<>();
    private final Map<String, Predicate<RunContext>> conditions = new HashMap<>();

    public JobSteps(String job) {
        this.job = job;
    }

    /// A step done by one thread.
    public JobSteps single(String name, Consumer<RunContext> work) {
        order.add(name);
        declare(name, beans -> units(beans).single(name, work));
        return this;
    }

    /// A step whose partitions are done side by side by `worker`; see [UnitSteps#partitioned].
    public JobSteps partitioned(
            String name,
            String worker,
            UnitSteps.PartitionWork work,
            Function<RunContext, List<Partitions.Partition<String>>> partitions) {
        return partitioned(name, worker, work, run -> {}, partitions);
    }

    /// The same with something to do before the first partition.
    public JobSteps partitioned(
            String name,
            String worker,
            UnitSteps.PartitionWork work,
            Consumer<RunContext> beginning,
            Function<RunContext, List<Partitions.Partition<String>>> partitions) {
        order.add(name);
        declare(worker, beans -> units(beans).worker(worker, work));
        declare(name, beans -> units(beans).partitioned(name, step(beans, worker), beginning, partitions));
        return this;
    }

    /// Steps that several jobs share, here in the order.
    public JobSteps with(Consumer<JobSteps> shared) {
        shared.accept(this);
        return this;
    }

    /// `some` steps, here in the order, for runs that need them; all others go past them. What a run needs must follow
    /// from its stored plan alone.
    public JobSteps where(Predicate<RunContext> needed, Consumer<JobSteps> some) {
        int before = order.size();
        some.accept(this);
        order.subList(before, order.size()).forEach(name -> conditions.put(name, needed));
        return this;
    }

    private void declare(String name, Function<BeanFactory, Step> step) {
        if (steps.putIfAbsent(name, step) != null) {
            throw new IllegalStateException("job %s has two steps called %s".formatted(job, name));
        }
    }

    /// Where the beans of a job go.
    public interface Registry {
        <T> void bean(String name, Class<T> type, Supplier<T> instance);
    }

    /// Makes beans of the steps and of the job itself, which has the job's name.
    public void register(BeanFactory beans, Registry registry) {
        steps.forEach((name, step) -> registry.bean(beanName(name), Step.class, () -> step.apply(beans)));
        registry.bean(job, Job.class, () -> {
            Map<String, Step> inOrder = new LinkedHashMap<>();
            order.forEach(name -> inOrder.put(name, step(beans, name)));
            ActiveRuns runs = beans.getBean(ActiveRuns.class);
            return new NeededSteps(
                    job,
                    beans.getBean(JobRepository.class),
                    inOrder,
                    (execution, name) -> !conditions.containsKey(name)
                            || conditions.get(name).test(runs.of(execution)));
        });
    }

    private String beanName(String step) {
        return job + "." + step;
    }

    private Step step(BeanFactory beans, String name) {
        return beans.getBean(beanName(name), Step.class);
    }

    private static UnitSteps units(BeanFactory beans) {
        return beans.getBean(UnitSteps.class);
    }
}
