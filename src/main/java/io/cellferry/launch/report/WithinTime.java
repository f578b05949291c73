package io.cellferry.launch.report;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks for something that a report can do without, and stops waiting for it after a while.
final class WithinTime {

    private static final Logger LOG = LoggerFactory.getLogger(WithinTime.class);

    private WithinTime() {}

    /// What `asked` gives; empty, with a word in the log, when it fails or takes longer than `patience`. Then its
    /// thread is interrupted and left behind.
    static <T> Optional<T> of(String what, Duration patience, Supplier<T> asked) {
        FutureTask<T> task = new FutureTask<>(asked::get);
        Thread.ofPlatform().daemon().name("report").start(task);
        try {
            return Optional.ofNullable(task.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            LOG.info("the report goes without {}", what, e.getCause());
        } catch (TimeoutException e) {
            task.cancel(true);
            LOG.info("the report goes without {}: it takes longer than {}", what, patience);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
