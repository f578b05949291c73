package io.cellferry.storage;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which folders of an area exist, and which of them have durable names.
///
/// A unit may write into a folder that another unit created a moment ago and has not forced: its files would vanish
/// with the folder. So a unit forces the whole way up to the first folder whose name is known to be durable. Nothing
/// but the root is known when a run is opened, because a killed process leaves names that are visible and not
/// durable.
final class DurableFolders {

    private final RefusingDisk disk;
    private final Map<Path, Boolean> durableByFolder = new ConcurrentHashMap<>();

    DurableFolders(RefusingDisk disk, Path root) {
        this.disk = disk;
        durableByFolder.put(root, true);
    }

    /// Creates a folder below the root with all folders above it.
    void create(Path folder) {
        if (durableByFolder.containsKey(folder)) {
            return;
        }
        create(RefusingDisk.folderOf(folder));
        disk.createFolder(folder);
        durableByFolder.putIfAbsent(folder, false);
    }

    /// The folders to force so that files with new names in `folders` cannot vanish.
    Set<Path> toForce(Collection<Path> folders) {
        Set<Path> all = new LinkedHashSet<>(folders);
        for (Path folder : folders) {
            for (Path above = folder; !isDurable(above); above = RefusingDisk.folderOf(above)) {
                all.add(RefusingDisk.folderOf(above));
            }
        }
        return all;
    }

    /// Says that what [#toForce] named has been forced.
    void forced(Collection<Path> folders) {
        for (Path folder : folders) {
            for (Path above = folder; !isDurable(above); above = RefusingDisk.folderOf(above)) {
                durableByFolder.put(above, true);
            }
        }
    }

    /// Says that `folder` is there no more.
    void removed(Path folder) {
        durableByFolder.remove(folder);
    }

    private boolean isDurable(Path folder) {
        return durableByFolder.getOrDefault(folder, false);
    }
}
