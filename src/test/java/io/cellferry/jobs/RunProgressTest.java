package io.cellferry.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Progress tells of every step, in order, what is planned, done and kept, and when it worked.
class RunProgressTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    /// Each look at it is a second later.
    private static final class Ticking extends Clock {
        private Instant now = NOON;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            Instant then = now;
            now = now.plus(Duration.ofSeconds(1));
            return then;
        }
    }

    private final RunProgress progress = new RunProgress(new Ticking());

    @Test
    void stepsAreToldInTheOrderOfThePlanWithTheirTimes() {
        progress.entering("inspect");
        progress.finished(10);
        progress.planned(List.of(new StepUnits("inspect", 1), new StepUnits("obs", 3), new StepUnits("publish", 1)));
        progress.leaving();
        progress.entering("obs", 3, 1);
        progress.finished(100);

        assertThat(progress.steps())
                .containsExactly(
                        new StepProgress("inspect", 1, 1, 0, 10, at(0), at(1)),
                        new StepProgress("obs", 3, 1, 1, 100, at(2), Optional.empty()),
                        new StepProgress("publish", 1, 0, 0, 0, Optional.empty(), Optional.empty()));
        assertThat(progress.plannedUnits()).isEqualTo(5);
        assertThat(progress.doneUnits()).isEqualTo(2);
        assertThat(progress.writtenBytes()).isEqualTo(110);
        assertThat(progress.step()).isEqualTo("obs");
    }

    @Test
    void theNextStepEndsTheOneBefore() {
        progress.entering("one");
        progress.entering("two");

        assertThat(progress.steps()).extracting(StepProgress::ended).containsExactly(at(1), Optional.empty());
    }

    @Test
    void unitsThatWereCountedAtTheBeginningAreNotCountedWhenFound() {
        progress.entering("counted", 5, 2);
        progress.found();
        progress.entering("single");
        progress.found();

        assertThat(progress.steps()).extracting(StepProgress::keptUnits).containsExactly(2L, 1L);
    }

    @Test
    void nothingIsPlannedBeforeThePlanIsMade() {
        progress.entering("inspect");
        progress.finished(1);

        assertThat(progress.plannedUnits()).isZero();
    }

    @Test
    void aStepNeverHasMoreThanItsPlan() {
        progress.planned(List.of(new StepUnits("again", 0)));
        progress.entering("again");
        progress.finished(1);

        assertThat(progress.steps()).extracting(StepProgress::plannedUnits).containsExactly(1L);
        assertThatThrownBy(() -> new StepProgress("again", 0, 1, 0, 1, Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unitsOfManyWorkersAreAllCountedWhileSomebodyWatches() throws Exception {
        progress.entering("genes", 40_000, 0);
        List<Future<?>> workers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
            for (int worker = 0; worker < 4; worker++) {
                workers.add(threads.submit(() -> {
                    for (int unit = 0; unit < 10_000; unit++) {
                        progress.finished(3);
                    }
                }));
            }
            Future<?> watcher = threads.submit(() -> {
                while (progress.doneUnits() < 40_000) {
                    assertThat(progress.steps()).hasSize(1);
                }
            });
            for (Future<?> worker : workers) {
                worker.get();
            }
            watcher.get();
        }

        assertThat(progress.steps())
                .containsExactly(new StepProgress("genes", 40_000, 40_000, 0, 120_000, at(0), Optional.empty()));
    }

    private static Optional<Instant> at(int seconds) {
        return Optional.of(NOON.plusSeconds(seconds));
    }
}
