package io.cellferry.storage;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// `NAME.cellferry.json`: what was published, file by file, and how it came about.
///
/// Files are sorted by path. All of them are held at once, about 250 bytes each. `version` is that of this layout.
public record OutputManifest(
        int version,
        String runId,
        String toolVersion,
        Instant startedAt,
        InputFingerprint input,
        Map<String, Object> details,
        List<FileEntry> files) {

    static final int VERSION = 1;

    /// Refuses what was never published: manifests travel with their outputs, and come back damaged or edited.
    public OutputManifest {
        RunPlaces.requireRunId(runId);
        Objects.requireNonNull(toolVersion, "toolVersion");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(input, "input");
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        files = List.copyOf(files);
        requireSorted(files);
    }

    private static void requireSorted(List<FileEntry> files) {
        for (int file = 1; file < files.size(); file++) {
            if (files.get(file - 1).path().compareTo(files.get(file).path()) >= 0) {
                throw new IllegalArgumentException("%s must stand once and before %s"
                        .formatted(files.get(file).path(), files.get(file - 1).path()));
            }
        }
    }

    /// `path` is relative to the output with `/` (of a single file: its name); `sha256` in lower-case hex.
    public record FileEntry(String path, long bytes, String sha256) {
        public FileEntry {
            RelativePath.requireSound(path);
            Objects.requireNonNull(sha256, "sha256");
        }
    }

    /// The manifest that lies beside an output; empty if there is none or it is damaged.
    public static Optional<OutputManifest> read(Path output) {
        return read(new RefusingDisk(new RealDisk()), RunPlaces.of(output));
    }

    static Optional<OutputManifest> read(RefusingDisk disk, RunPlaces places) {
        return disk.get("reading it", places.manifest(), 0, () -> {
            try {
                OutputManifest found = Json.read(Files.readAllBytes(places.manifest()), OutputManifest.class);
                return found.version == VERSION ? Optional.of(found) : Optional.<OutputManifest>empty();
            } catch (NoSuchFileException | JacksonException e) {
                return Optional.<OutputManifest>empty();
            }
        });
    }
}
