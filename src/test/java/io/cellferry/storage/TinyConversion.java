package io.cellferry.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A run small enough to be broken at each of its operations: spills made in two units, genes made from the spills, two
/// units of so many files that they are synced as a group, spills dropped on the way, publication.
final class TinyConversion {

    static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");
    static final InputFingerprint INPUT = new InputFingerprint(1, 42, STARTED, "aa", "bb");
    private static final List<String> UNITS =
            List.of("spill-0", "spill-1", "genes-0", "genes-1", "embeddings", "identity");

    private final RunTarget target;

    /// Units whose commit returned.
    private final Set<String> acknowledged = new LinkedHashSet<>();

    TinyConversion(RunTarget target) {
        this.target = target;
    }

    /// Runs to the end; when started again after a crash, redoes nothing that was acknowledged.
    void run(Disk disk) {
        run(disk, target);
    }

    void run(Disk disk, RunTarget as) {
        switch (new RunFolders(disk, InstantSource.fixed(STARTED)).open(as)) {
            case Opening.AlreadyDone done -> requireThisRun(done.manifest());
            case Opening.PublishedNow now -> {
                requireThisRun(now.manifest());
                if (now.keptUnits() != UNITS.size()) {
                    throw new AssertionError("published %d units".formatted(now.keptUnits()));
                }
            }
            case Opening.Opened opened -> {
                try (RunFolder folder = opened.folder()) {
                    finish(folder, as.workDir().equals(target.workDir()));
                }
            }
        }
    }

    private void requireThisRun(OutputManifest manifest) {
        if (!manifest.runId().equals(target.runId()) || manifest.files().size() != 14) {
            throw new AssertionError("not the manifest of this run: " + manifest);
        }
    }

    private void finish(RunFolder folder, boolean scratchStays) {
        for (String unit : UNITS) {
            if (folder.isFinished(unit)) {
                continue;
            }
            if (acknowledged.contains(unit) && (scratchStays || !unit.startsWith("spill"))) {
                throw new AssertionError("unit " + unit + " was acknowledged and is redone");
            }
            write(folder, unit);
            acknowledged.add(unit);
            if (unit.equals("genes-1")) {
                folder.dropScratch(List.of("spill-0", "spill-1"));
            }
        }
        folder.publish(Map.of("job", "tiny"));
    }

    static void write(RunFolder folder, String unit) {
        try (UnitWriter writer = folder.begin(unit)) {
            switch (unit) {
                case "spill-0", "spill-1" -> put(writer.scratch("spills/" + unit), "spilled by " + unit);
                case "genes-0", "genes-1" -> {
                    String spilled = read(folder, "spill" + unit.substring(unit.length() - 2));
                    put(writer.output("var/" + unit + ".bin"), "gene from what was " + spilled);
                    put(writer.output("index/" + unit), unit);
                }
                case "embeddings" -> {
                    // A group by its files, whose names are forced in their one folder.
                    for (int file = 0; file <= UnitArea.FORCED_ALONE; file++) {
                        put(writer.output("points/" + file), "coordinates " + file);
                    }
                }
                case "identity" -> {
                    // A group by its folders as well.
                    for (int file = 0; file <= UnitArea.FORCED_ALONE; file++) {
                        put(writer.output("about/%d/it".formatted(file)), "said of it: " + file);
                    }
                }
                default -> throw new AssertionError(unit);
            }
            writer.commit();
        }
    }

    /// Spills that were dropped or lost with their folder are made again by the run before they are read.
    private static String read(RunFolder folder, String unit) {
        try {
            return Files.readString(folder.scratch("spills/" + unit));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(StagedFile file, String text) {
        try (file) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            file.write(bytes, 0, 3);
            file.write(bytes, 3, bytes.length - 3);
            file.finish();
        }
    }
}
