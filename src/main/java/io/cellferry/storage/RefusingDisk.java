package io.cellferry.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A [Disk] whose errors are refusals that name the place and the remedy, plus what follows from its operations.
final class RefusingDisk {

    private final Disk disk;
    private final IoFailure failure;

    RefusingDisk(Disk disk) {
        this.disk = disk;
        this.failure = new IoFailure(disk);
    }

    /// An open file that knows its name.
    final class OpenFile implements AutoCloseable {
        private final Path path;
        private final DiskFile file;

        private OpenFile(Path path, DiskFile file) {
            this.path = path;
            this.file = file;
        }

        void write(ByteBuffer bytes) {
            long count = bytes.remaining();
            try {
                file.write(bytes);
            } catch (IOException e) {
                // Said only now: formatting a number for every write costs as much as some writes.
                throw failure.of("writing %,d bytes".formatted(count), path, count, e);
            }
        }

        void force() {
            run("forcing its contents to disk", path, 0, file::force);
        }

        @Override
        public void close() {
            run("closing it", path, 0, file::close);
        }
    }

    /// A file-system sync that knows where it was opened.
    final class OpenSync implements AutoCloseable {
        private final Path folder;
        private final FileSystemSync sync;

        private OpenSync(Path folder, FileSystemSync sync) {
            this.folder = folder;
            this.sync = sync;
        }

        void sync() {
            run("syncing its file system", folder, 0, sync::sync);
        }

        @Override
        public void close() {
            run("closing the handle of its file system", folder, 0, sync::close);
        }
    }

    OpenFile create(Path file) {
        return new OpenFile(file, get("creating it", file, 0, () -> disk.create(file)));
    }

    OpenFile createPrivate(Path file) {
        return new OpenFile(file, get("creating it", file, 0, () -> disk.createPrivate(file)));
    }

    OpenFile append(Path file, long keptBytes) {
        return new OpenFile(file, get("opening it for appending", file, 0, () -> disk.append(file, keptBytes)));
    }

    void createFolder(Path folder) {
        run("creating the folder", folder, 0, () -> disk.createFolder(folder));
    }

    /// A folder that only its user may look into.
    void createPrivateFolder(Path folder) {
        run("creating the folder", folder, 0, () -> disk.createPrivateFolder(folder));
    }

    void rename(Path from, Path to) {
        run("renaming it to " + to, from, 0, () -> disk.rename(from, to));
    }

    boolean delete(Path path) {
        return get("deleting it", path, 0, () -> disk.delete(path));
    }

    void forceFolder(Path folder) {
        run("forcing its names to disk", folder, 0, () -> disk.forceFolder(folder));
    }

    Optional<OpenSync> openSync(Path folder) {
        return get("opening its file system", folder, 0, () -> disk.openSync(folder))
                .map(sync -> new OpenSync(folder, sync));
    }

    void forEach(Path folder, Consumer<Path> visitor) {
        run("listing the folder", folder, 0, () -> {
            try (Stream<Path> entries = disk.list(folder)) {
                entries.forEach(visitor);
            }
        });
    }

    /// Whether two names, both there, are of one folder.
    boolean isSame(Path one, Path other) {
        return get("comparing it with " + other, one, 0, () -> Files.isSameFile(one, other));
    }

    OptionalLong size(Path file) {
        return get("looking at its size", file, 0, () -> disk.size(file));
    }

    Optional<DiskLock> tryLock(Path lockFile, byte[] record) {
        return get("locking it", lockFile, 0, () -> disk.tryLock(lockFile, record));
    }

    void free(Path lockFile, DiskLock lock) {
        run("giving its lock back", lockFile, 0, lock::close);
    }

    Optional<byte[]> lockRecord(Path lockFile) {
        return get("reading the owner in it", lockFile, 0, () -> disk.lockRecord(lockFile));
    }

    /// Creates missing folders down to `folder` and makes their names durable.
    void createFoldersDurably(Path folder) {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            createFoldersDurably(parent);
        }
        createFolder(folder);
        if (parent != null) {
            forceFolder(parent);
        }
    }

    /// Writes a small file whole: contents forced under a temporary name, then the name, then the folder.
    void writeAtomically(Path temporary, Path file, byte[] contents) {
        writeForced(temporary, contents);
        renameForced(temporary, file);
    }

    /// The same; nobody but the user may read it.
    void writePrivately(Path temporary, Path file, byte[] contents) {
        writeForced(createPrivate(temporary), contents);
        renameForced(temporary, file);
    }

    /// Writes a small file whose name need not last: only what is in it is durable.
    void writeForced(Path file, byte[] contents) {
        writeForced(create(file), contents);
    }

    private static void writeForced(OpenFile created, byte[] contents) {
        try (OpenFile open = created) {
            open.write(ByteBuffer.wrap(contents));
            open.force();
        }
    }

    /// Gives another name, and makes that durable in both folders.
    void renameForced(Path from, Path to) {
        rename(from, to);
        Path target = folderOf(to);
        forceFolder(target);
        Path source = folderOf(from);
        if (!source.equals(target)) {
            forceFolder(source);
        }
    }

    /// Deletes a folder with all it holds, or a file; links are deleted, not followed. Nothing there is no error.
    void deleteTree(Path root) {
        if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            forEach(root, this::deleteTree);
        }
        delete(root);
    }

    static Path folderOf(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " lies in no folder");
        }
        return folder;
    }

    interface Operation {
        void run() throws IOException;
    }

    interface Question<T> {
        T get() throws IOException;
    }

    void run(String doing, Path where, long bytesNeeded, Operation operation) {
        try {
            operation.run();
        } catch (IOException e) {
            throw failure.of(doing, where, bytesNeeded, e);
        }
    }

    <T> T get(String doing, Path where, long bytesNeeded, Question<T> question) {
        try {
            return question.get();
        } catch (IOException e) {
            throw failure.of(doing, where, bytesNeeded, e);
        }
    }

    Disk disk() {
        return disk;
    }
}
