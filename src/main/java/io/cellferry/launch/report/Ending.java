package io.cellferry.launch.report;

import io.cellferry.failure.Refusal;
import java.time.Duration;
import java.util.Optional;

/// How an attempt ended. `word` goes into files for programs (`done`, `stopped`, `failed`); of a published output
/// `reason` says what is missing in it.
public record Ending(
        String word, boolean published, Optional<Throwable> reason, long keptUnits, long doneUnits, Duration took) {

    /// The same for people.
    String shown() {
        return published && reason.isPresent() ? "done, with something left out" : word;
    }

    String found() {
        return reason.map(thrown -> thrown instanceof Refusal
                        ? String.valueOf(thrown.getMessage())
                        : "A defect of cellferry: " + thrown)
                .orElse("");
    }

    String remedy() {
        if (reason.isEmpty()) {
            return published ? "" : "The same command continues the run.";
        }
        return reason.get() instanceof Refusal refusal
                ? refusal.remedy()
                : "Please report it with the log; the same command continues the run.";
    }
}
