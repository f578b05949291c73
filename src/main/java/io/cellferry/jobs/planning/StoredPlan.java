package io.cellferry.jobs.planning;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.SettledPlan;
import io.cellferry.storage.StagedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// The plan of a run as its first step leaves it to all others and to later attempts, which never plan again: another
/// machine, or another version of an option's meaning, would plan something else.
///
/// Names of the unit and of the file are stored with every run: they are published.
public final class StoredPlan {

    private static final String UNIT = "inspect";
    private static final String FILE = "plan.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    private StoredPlan() {}

    /// Stores what was settled just before this attempt, or what `settler` settles where an earlier attempt died before
    /// it was stored.
    public static void settle(RunContext run, Supplier<? extends SettledPlan> settler) {
        run.unit(UNIT, unit -> {
            SettledPlan plan = run.settled().isPresent() ? run.settled().get() : settler.get();
            try (StagedFile file = unit.scratch(FILE)) {
                file.write(JSON.writeValueAsBytes(plan));
                file.finish();
            }
        });
    }

    /// The stored plan; [#settle] must have finished.
    public static <P extends SettledPlan> P read(RunContext run, Class<P> type) {
        Path file = run.folder().scratch(FILE);
        try {
            return JSON.readValue(Files.readAllBytes(file), type);
        } catch (IOException e) {
            throw new StorageFailed(
                    "The stored plan %s cannot be read: %s".formatted(file, IoWords.of(e)),
                    "Look after the disk, then run the same command again.",
                    e);
        }
    }
}
