package io.cellferry.storage;

import io.cellferry.failure.StorageFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The files of one unit in one area, made durable file by file or, from the fifth file on, as a group.
final class UnitArea implements AutoCloseable {

    /// A sync of the file system also writes back what others have dirty there, which costs more than forcing a few
    /// files; forcing thousands of files one by one costs a disk barrier each.
    static final int FORCED_ALONE = 4;

    private final RefusingDisk disk;
    private final Area area;
    private final Path root;
    private final DurableFolders folders;
    private final List<TemporaryFile> files = new ArrayList<>();
    private Optional<RefusingDisk.OpenSync> sync = Optional.empty();

    UnitArea(RefusingDisk disk, Area area, Path root, DurableFolders folders) {
        this.disk = disk;
        this.area = area;
        this.root = root;
        this.folders = folders;
    }

    TemporaryFile stage(String relativePath) {
        Path path = RelativePath.resolve(root, relativePath);
        folders.create(RefusingDisk.folderOf(path));
        if (area == Area.OUTPUT) {
            requireFree(path);
        }
        if (files.size() == FORCED_ALONE) {
            sync = disk.openSync(root); // Before the first byte it has to answer for.
        }
        TemporaryFile file = new TemporaryFile(disk, area, relativePath, path, sync.isEmpty());
        files.add(file);
        return file;
    }

    /// No two files of an output have one name, and what a crash left was swept when the run was opened. So a name is
    /// taken only where the file system takes two names for one, and the second file would replace the first.
    private static void requireFree(Path path) {
        if (RunPlaces.exists(path) || RunPlaces.exists(RelativePath.temporary(path))) {
            throw new StorageFailed(
                    "%s: expected a name that no other file of the output has, found it taken.".formatted(path),
                    "This file system may take names for one that differ in upper and lower case only, as exFAT, NTFS and"
                            + " macOS do. Choose an output on another one, or rename one of the two in the input.");
        }
    }

    List<TemporaryFile> files() {
        return files.stream().filter(TemporaryFile::isPresent).toList();
    }

    void makeContentsDurable() {
        sync.ifPresent(RefusingDisk.OpenSync::sync);
    }

    void makeNamesDurable() {
        Set<Path> named = new HashSet<>();
        files().forEach(file -> named.add(file.folder()));
        Set<Path> changed = folders.toForce(named);
        if (sync.isPresent() && changed.size() > FORCED_ALONE) {
            sync.get().sync();
        } else {
            changed.forEach(disk::forceFolder);
        }
        folders.forced(named);
    }

    @Override
    public void close() {
        sync.ifPresent(RefusingDisk.OpenSync::close);
        sync = Optional.empty();
    }
}
