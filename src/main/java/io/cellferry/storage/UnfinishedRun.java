package io.cellferry.storage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A run that was started and neither finished nor given up.
///
/// `start` is empty when the journal is damaged from its first record on: nothing can be resumed, only cleaned.
/// `owner` is whoever seems to be at work on its output now.
public record UnfinishedRun(
        String runId, Path stagingFolder, Optional<Start> start, int finishedUnits, Optional<OwnerRecord> owner) {

    /// How the run began: enough to begin it again.
    public record Start(
            Path output,
            boolean singleFile,
            boolean replace,
            String request,
            InputFingerprint input,
            Instant startedAt,
            String toolVersion) {}
}
