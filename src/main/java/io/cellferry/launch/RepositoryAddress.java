package io.cellferry.launch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where the job repository of a run lies.
///
/// The embedded one is a file of its own for each run: it is an index of that run's journal and nothing else, two
/// runs on one machine never wait for each other's file lock, and losing it costs one scan of the journal.
///
/// `patience` is how long a statement waits for a database that went away before the run gives up. `firstId` is
/// where an embedded one begins to number its executions: the framework keeps what is executing in static maps by
/// that number, so two runs in one process, each with its own repository, would be taken for each other.
record RepositoryAddress(
        String url, @Nullable String username, @Nullable String password, Duration patience, long firstId) {

    /// Long enough for a database to restart or to fail over.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Without DB_CLOSE_ON_EXIT=FALSE a signal closes the database under the running job. What goes wrong is thrown;
    /// besides, H2 would print it with its stack, and write it into a file of its own.
    static RepositoryAddress embedded(Path folder, String runId) {
        return new RepositoryAddress(
                "jdbc:h2:%s%s;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0"
                        .formatted(
                                RepositoryFiles.scheme(), folder.resolve(runId).toAbsolutePath()),
                "sa",
                "",
                PATIENCE,
                firstId(runId));
    }

    /// Far from that of any other run: 42 bits of its id, and room for a million executions.
    private static long firstId(String runId) {
        long hash =
                UUID.nameUUIDFromBytes(runId.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
        return (hash >>> 22 << 20) + 1;
    }

    static RepositoryAddress shared(MachineSettings.Repository repository) {
        return new RepositoryAddress(repository.url(), repository.username(), repository.password(), PATIENCE, 1);
    }

    boolean isH2() {
        return url.startsWith("jdbc:h2:");
    }
}
