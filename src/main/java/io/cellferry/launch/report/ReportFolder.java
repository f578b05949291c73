package io.cellferry.launch.report;

import io.cellferry.failure.StorageFailed;
import io.cellferry.storage.StateFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// `reports/RUN/` in the state folder: what one run leaves to be read about itself.
///
/// | file               | what it is                                    |
/// |--------------------|-----------------------------------------------|
/// | `report.html`      | the report, whole in one file                 |
/// | `RUN_mqc.json`     | a table for MultiQC                           |
/// | `RUN.jfr`          | the profile of the newest attempt, if wanted  |
/// | `attempts.json`    | times of all attempts, written while they work |
public final class ReportFolder {

    private static final String FOLDER = "reports";
    private static final String PAGE = "report.html";
    private static final String TIMINGS = "attempts.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final StateFolder state;
    private final String runId;

    public ReportFolder(StateFolder state, String runId) {
        this.state = state;
        this.runId = runId;
    }

    /// The report, if one was written. Looks only: pages ask for it with every look at a run.
    public Optional<Path> page() {
        return Optional.of(state.path().resolve(FOLDER).resolve(runId).resolve(PAGE))
                .filter(Files::isRegularFile);
    }

    /// Where a profile belongs; the folder is made.
    public Path profile() {
        return own().path().resolve(runId + ".jfr");
    }

    void writePage(String html) {
        own().write(PAGE, html.getBytes(StandardCharsets.UTF_8));
    }

    void writeTable(String json) {
        own().write(runId + "_mqc.json", json.getBytes(StandardCharsets.UTF_8));
    }

    /// What is known of earlier attempts; nothing where the file is missing or damaged.
    Timings timings() {
        try {
            return own().read(TIMINGS).flatMap(ReportFolder::parse).orElse(Timings.NONE);
        } catch (StorageFailed e) {
            return Timings.NONE;
        }
    }

    void writeTimings(Timings timings) {
        own().write(TIMINGS, JSON.writeValueAsBytes(timings));
    }

    private static Optional<Timings> parse(byte[] json) {
        try {
            Timings found = JSON.readValue(json, Timings.class);
            return found.version() == Timings.VERSION ? Optional.of(found) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private StateFolder own() {
        return all().folder(runId);
    }

    /// Removes all of it.
    public void forget() {
        all().deleteFolder(runId);
    }

    private StateFolder all() {
        return state.folder(FOLDER);
    }
}
