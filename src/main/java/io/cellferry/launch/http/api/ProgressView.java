package io.cellferry.launch.http.api;

import io.cellferry.jobs.RunProgress;
import io.cellferry.jobs.StepProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a run is, in units of work: kept from earlier attempts, done by this one, planned in all. Rates and what is
/// left follow from this attempt alone; `etaSeconds` is null until there is something to go by. Steps without a unit
/// are left out.
record ProgressView(
        String step,
        long plannedUnits,
        long keptUnits,
        long doneUnits,
        long writtenBytes,
        double seconds,
        double unitsPerSecond,
        double bytesPerSecond,
        @Nullable Long etaSeconds,
        List<Step> steps) {

    /// `state` is one of waiting, running, done.
    record Step(
            String name,
            long plannedUnits,
            long keptUnits,
            long doneUnits,
            long writtenBytes,
            double seconds,
            String state) {

        static Step of(StepProgress step, Instant now) {
            double seconds = step.begun()
                    .map(begun -> ProgressView.seconds(begun, step.ended().orElse(now)))
                    .orElse(0.0);
            String state = step.ended().isPresent() ? "done" : step.begun().isPresent() ? "running" : "waiting";
            return new Step(
                    step.name(), step.plannedUnits(), step.keptUnits(), step.doneUnits(), step.bytes(), seconds, state);
        }
    }

    static ProgressView of(RunProgress progress, Instant begun, Instant now) {
        List<StepProgress> steps = progress.steps();
        long planned = steps.stream().mapToLong(StepProgress::plannedUnits).sum();
        long done = steps.stream().mapToLong(StepProgress::doneUnits).sum();
        long bytes = steps.stream().mapToLong(StepProgress::bytes).sum();
        double seconds = Math.max(0.001, seconds(begun, now));
        long left = Math.max(0, planned - done - progress.keptUnits());
        return new ProgressView(
                progress.step(),
                planned,
                progress.keptUnits(),
                done,
                bytes,
                seconds,
                tenths(done / seconds),
                tenths(bytes / seconds),
                done == 0 ? null : Math.round(left * seconds / done),
                steps.stream()
                        .filter(step -> step.plannedUnits() > 0)
                        .map(step -> Step.of(step, now))
                        .toList());
    }

    private static double seconds(Instant from, Instant to) {
        return tenths(Duration.between(from, to).toMillis() / 1000.0);
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
