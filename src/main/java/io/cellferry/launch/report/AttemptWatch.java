package io.cellferry.launch.report;

import io.cellferry.jobs.RunProgress;
import io.cellferry.jobs.StepProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down how far an attempt is, at its start, whenever a step begins, and now and then, so that a process that is
/// killed leaves its times behind.
///
/// Whatever goes wrong with that is said in the log once and stops the watch, not the run.
final class AttemptWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// What a killed attempt loses of its times at most.
    private static final Duration WRITE = Duration.ofSeconds(15);

    private final RunProgress progress;
    private final Clock clock;
    private final Consumer<Attempt> writer;
    private final Instant begun;
    private final Duration processorTimeBefore = ProcessFigures.processorTime();
    private final Thread thread;
    private boolean broken;
    private boolean closed;

    /// `writer` stores an attempt in place of what it stored before.
    static AttemptWatch start(RunProgress progress, Instant begun, Clock clock, Consumer<Attempt> writer) {
        AttemptWatch watch = new AttemptWatch(progress, begun, clock, writer);
        watch.write(Attempt.UNHEARD, "");
        watch.thread.start();
        return watch;
    }

    private AttemptWatch(RunProgress progress, Instant begun, Clock clock, Consumer<Attempt> writer) {
        this.progress = progress;
        this.clock = clock;
        this.writer = writer;
        this.begun = begun;
        this.thread = Thread.ofPlatform().daemon().name("attempt-watch").unstarted(this::loop);
    }

    private synchronized void loop() {
        String step = progress.step();
        long writtenAt = System.nanoTime();
        try {
            while (!closed) {
                wait(LOOK.toMillis());
                String now = progress.step();
                boolean due = !now.equals(step) || System.nanoTime() - writtenAt >= WRITE.toNanos();
                if (due && !closed) {
                    write(Attempt.UNHEARD, "");
                    step = now;
                    writtenAt = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The attempt has ended; what was stored last stays.
    void ended(String end, String message) {
        close();
        write(end, Words.cut(message));
    }

    private synchronized void write(String end, String message) {
        if (broken) {
            return;
        }
        try {
            List<StepProgress> steps = progress.steps();
            writer.accept(new Attempt(
                    begun,
                    clock.instant(),
                    end,
                    message,
                    ProcessFigures.processorTime().minus(processorTimeBefore).toMillis() / 1000.0,
                    ProcessFigures.peakResidentBytes(),
                    steps));
        } catch (RuntimeException e) {
            broken = true;
            LOG.info("the times of this run are not written any more", e);
        }
    }

    /// Stops watching. A write in progress is waited for, not interrupted.
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
