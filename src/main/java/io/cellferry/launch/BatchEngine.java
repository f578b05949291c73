package io.cellferry.launch;

import io.cellferry.failure.ServiceMissing;
import io.cellferry.failure.StorageFailed;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.MachineRoom;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/// The batch framework, started with the steps of the given jobs; closed when no run needs it any more.
final class BatchEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchEngine.class);

    private final AnnotationConfigApplicationContext context;

    private BatchEngine(AnnotationConfigApplicationContext context) {
        this.context = context;
    }

    /// Starts the framework with the one job for each run and stops it afterwards. An embedded repository that cannot
    /// be opened is replaced by an empty one: it was damaged, or left half made, by a power cut.
    static BatchWork forEachRun(List<ConversionJob> jobs) {
        List<ConversionJob> all = List.copyOf(jobs);
        return (repository, context) -> {
            List<ConversionJob> asked = all.stream()
                    .filter(job -> job.name().equals(context.request().job()))
                    .toList();
            try (BatchEngine engine = opened(repository, context.room(), asked)) {
                return engine.launcher().run(context);
            }
        };
    }

    private static BatchEngine opened(RunRepository repository, MachineRoom room, List<ConversionJob> jobs) {
        try {
            return start(repository.address(), room, jobs);
        } catch (ServiceMissing unreadable) {
            if (!repository.embedded()) {
                throw unreadable;
            }
            LOG.info("the job repository of run {} is replaced", repository.runId(), unreadable);
            repository.forget();
            return startedAfresh(repository, room, jobs);
        }
    }

    private static BatchEngine startedAfresh(RunRepository repository, MachineRoom room, List<ConversionJob> jobs) {
        try {
            return start(repository.address(), room, jobs);
        } catch (ServiceMissing unreadable) {
            // No service is missing: the file of the repository could not be made.
            throw new StorageFailed(String.valueOf(unreadable.getMessage()), unreadable.remedy(), unreadable);
        }
    }

    static BatchEngine start(RepositoryAddress address, MachineRoom room, List<ConversionJob> jobs) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(RepositoryAddress.class, () -> address);
        context.registerBean(MachineRoom.class, () -> room);
        context.register(BatchInfrastructure.class, RunLauncher.class);
        jobs.forEach(job -> job.steps().register(context, context::registerBean));
        try {
            context.refresh();
        } catch (BeanCreationException e) {
            context.close();
            if (e.getMostSpecificCause() instanceof SQLException
                    || e.contains(SQLException.class)
                    || e.contains(com.zaxxer.hikari.pool.HikariPool.PoolInitializationException.class)) {
                throw new ServiceMissing(
                        "The job repository at %s does not answer: %s"
                                .formatted(
                                        address.url(), e.getMostSpecificCause().getMessage()),
                        address.isH2()
                                ? "Look after the room and permissions of the state folder, then run the same command again."
                                : "Start the database or correct cellferry.repository in application.yml, then run the same command again.",
                        e);
            }
            throw e;
        }
        return new BatchEngine(context);
    }

    RunLauncher launcher() {
        return context.getBean(RunLauncher.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
