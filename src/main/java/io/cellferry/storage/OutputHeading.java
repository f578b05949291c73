package io.cellferry.storage;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// What an output's manifest says before it lists files: which run made the output, and from what.
///
/// Reading stops where the list begins. Of an output of 60,000 files the list has 10 MB, and whoever only asks whether
/// a run is done asks often.
public record OutputHeading(
        int version,
        String runId,
        String toolVersion,
        Instant startedAt,
        InputFingerprint input,
        Map<String, Object> details) {

    /// The member of [OutputManifest] that comes last.
    private static final String LIST = "files";

    public OutputHeading {
        RunPlaces.requireRunId(runId);
        Objects.requireNonNull(toolVersion, "toolVersion");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(input, "input");
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /// Whether `path` is a name that an output can have, and not one of this program's own.
    public static boolean mayHave(Path path) {
        return RunPlaces.isOutputName(path.toAbsolutePath().normalize());
    }

    /// The heading of the manifest beside an output; empty if there is none or it is damaged.
    public static Optional<OutputHeading> read(Path output) {
        Path manifest = RunPlaces.of(output).manifest();
        return new RefusingDisk(new RealDisk()).get("reading it", manifest, 0, () -> {
            try (InputStream in = Files.newInputStream(manifest)) {
                OutputHeading found = Json.readBefore(LIST, in, OutputHeading.class);
                return found.version == OutputManifest.VERSION ? Optional.of(found) : Optional.<OutputHeading>empty();
            } catch (NoSuchFileException | JacksonException e) {
                return Optional.<OutputHeading>empty();
            }
        });
    }
}
