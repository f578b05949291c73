package io.cellferry.jobs;

import java.time.Instant;
import java.util.Optional;

/// How far one step of a run is, at one moment.
///
/// `doneUnits` were finished by this attempt and are `bytes` long together, `keptUnits` by earlier ones. What is
/// planned is an estimate until the step begins, and at no moment less than what is finished. A step that has not begun
/// has no times; one that has begun and has no end is at work, or was when the run broke off.
public record StepProgress(
        String name,
        long plannedUnits,
        long doneUnits,
        long keptUnits,
        long bytes,
        Optional<Instant> begun,
        Optional<Instant> ended) {

    public StepProgress {
        if (doneUnits < 0 || keptUnits < 0 || bytes < 0 || plannedUnits < doneUnits + keptUnits) {
            throw new IllegalArgumentException("step %s: %d units done and %d kept of %d planned, %d bytes"
                    .formatted(name, doneUnits, keptUnits, plannedUnits, bytes));
        }
        if (ended.isPresent() && begun.isEmpty()) {
            throw new IllegalArgumentException("step %s ended without having begun".formatted(name));
        }
    }
}
