package io.cellferry.jobs.hvgselection;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.Problem;
import io.cellferry.failure.StorageFailed;
import io.cellferry.jobs.NotCarried;
import io.cellferry.jobs.RunContext;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What there is to say of cells and batches that were left out, from step `select`, which finds it, to step `publish`,
/// which tells it: a CSV table has no place for it.
final class KeptRemarks {

    /// Published: it lies on the scratch of runs that wait to resume.
    private static final String FILE = "remarks.json";

    private static final JsonMapper JSON = JsonMapper.shared();

    private KeptRemarks() {}

    static void write(UnitWriter unit, List<Problem> remarks) {
        Map<String, Object> kept = new LinkedHashMap<>();
        NotCarried.put(kept, remarks);
        try (StagedFile file = unit.scratch(FILE)) {
            file.write(JSON.writeValueAsBytes(kept));
            file.finish();
        }
    }

    @SuppressWarnings("unchecked") // whatever is no remark in there is passed over
    static List<Problem> read(RunContext run) {
        Path file = run.folder().scratch(FILE);
        try {
            return NotCarried.in(JSON.readValue(Files.readAllBytes(file), Map.class));
        } catch (IOException | JacksonException e) {
            throw new StorageFailed(
                    "%s cannot be read: %s".formatted(file, IoWords.of(e)),
                    "Look after the disk, then run the same command again; if that does not help, give the run up with"
                            + " `cellferry clean %s` first."
                                    .formatted(run.folder().runId()),
                    e);
        }
    }
}
