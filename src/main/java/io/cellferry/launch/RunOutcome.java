package io.cellferry.launch;

import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How one attempt at a run ended.
///
/// `notCarried` is what a published output lacks of its input although nothing went wrong. `keptUnits` were finished
/// by earlier attempts, `doneUnits` by this one.
public record RunOutcome(
        End end,
        String runId,
        Path output,
        long keptUnits,
        long doneUnits,
        long outputFiles,
        long outputBytes,
        Duration took,
        Optional<Throwable> reason,
        List<Problem> notCarried) {

    public RunOutcome {
        notCarried = List.copyOf(notCarried);
    }

    public enum End {
        /// The output is published. `reason`, if there is one, says what of the input is missing in it.
        DONE,
        /// The same request was finished before; nothing was touched. `reason` as above.
        ALREADY_DONE,
        /// Somebody asked it to stop; the same request continues it.
        STOPPED,
        /// `reason` says why; the same request continues it once that is mended.
        FAILED
    }
}
