package io.cellferry.storage;

import io.cellferry.storage.JournalRecord.UnitFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Compares what the journal claims with what lies there, when a run is opened again.
final class Sweep {

    private final RefusingDisk disk;
    private final Path journal;
    private final Path outputRoot;
    private final Path scratchRoot;
    private final ClaimedPaths claimed = new ClaimedPaths();

    Sweep(RefusingDisk disk, Path journal, Path outputRoot, Path scratchRoot) {
        this.disk = disk;
        this.journal = journal;
        this.outputRoot = outputRoot;
        this.scratchRoot = scratchRoot;
    }

    /// Units of which a file is gone or has another size. The files of all others are claimed from now on.
    List<String> lostUnits(JournalIndex index) {
        List<String> lost = new ArrayList<>();
        Journal.read(disk, journal, (offset, happened) -> {
            if (happened instanceof JournalRecord.UnitFinished unit && index.isCurrent(unit.name(), offset)) {
                List<UnitFile> needed = needed(unit, index.isDropped(unit.name()));
                if (needed.stream().allMatch(this::isThere)) {
                    needed.forEach(file -> claimed.add(file.area(), file.path()));
                } else {
                    lost.add(unit.name());
                }
            }
        });
        return lost;
    }

    private static List<UnitFile> needed(JournalRecord.UnitFinished unit, boolean dropped) {
        return unit.files().stream()
                .filter(file -> file.area() == Area.OUTPUT || !dropped)
                .toList();
    }

    private boolean isThere(UnitFile file) {
        return disk.size(root(file.area()).resolve(file.path())).equals(OptionalLong.of(file.bytes()));
    }

    private Path root(Area area) {
        return switch (area) {
            case OUTPUT -> outputRoot;
            case SCRATCH -> scratchRoot;
        };
    }

    /// Deletes the files that nobody claims, and folders without files.
    void removeUnclaimed() {
        for (Area area : Area.values()) {
            Path root = root(area);
            disk.forEach(root, entry -> sweep(area, root, entry));
        }
    }

    /// Whether something stays under `path`.
    private boolean sweep(Area area, Path root, Path path) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            boolean[] keeps = {false};
            disk.forEach(path, entry -> keeps[0] |= sweep(area, root, entry));
            if (!keeps[0]) {
                disk.delete(path);
            }
            return keeps[0];
        }
        String relative = root.relativize(path).toString().replace('\\', '/');
        if (claimed.contains(area, relative)) {
            return true;
        }
        disk.delete(path);
        return false;
    }
}
