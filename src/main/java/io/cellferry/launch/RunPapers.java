package io.cellferry.launch;

import io.cellferry.launch.report.ReportFolder;
import io.cellferry.storage.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the log and the report of a run lie in the state folder.
public final class RunPapers {

    static final String LOGS = "logs";

    private final StateFolder state;

    public RunPapers(StateFolder state) {
        this.state = state;
    }

    public Optional<Path> log(String runId) {
        Path file = state.path().resolve(LOGS).resolve(runId + ".log");
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    public Optional<Path> report(String runId) {
        return new ReportFolder(state, runId).page();
    }
}
