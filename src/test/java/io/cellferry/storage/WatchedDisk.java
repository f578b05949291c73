package io.cellferry.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The real disk, with somebody who is asked before each operation and may refuse it, or do something meanwhile.
///
/// Bytes written to a file that is open already pass unasked.
public final class WatchedDisk implements Disk {

    /// Throws what the disk is to fail with.
    @FunctionalInterface
    public interface Watch {
        void before(Operation operation, Path path) throws IOException;
    }

    public enum Operation {
        CREATE,
        RENAME,
        DELETE,
        LOOK,
        LOCK
    }

    private final RealDisk real = new RealDisk();
    private final Watch watch;

    public WatchedDisk(Watch watch) {
        this.watch = watch;
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        watch.before(Operation.CREATE, file);
        return real.create(file);
    }

    @Override
    public DiskFile createPrivate(Path file) throws IOException {
        watch.before(Operation.CREATE, file);
        return real.createPrivate(file);
    }

    @Override
    public DiskFile append(Path file, long keptBytes) throws IOException {
        watch.before(Operation.CREATE, file);
        return real.append(file, keptBytes);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        watch.before(Operation.CREATE, folder);
        real.createFolder(folder);
    }

    @Override
    public void createPrivateFolder(Path folder) throws IOException {
        watch.before(Operation.CREATE, folder);
        real.createPrivateFolder(folder);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        watch.before(Operation.RENAME, to);
        real.rename(from, to);
    }

    @Override
    public boolean delete(Path path) throws IOException {
        watch.before(Operation.DELETE, path);
        return real.delete(path);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        real.forceFolder(folder);
    }

    @Override
    public Optional<FileSystemSync> openSync(Path folder) throws IOException {
        return real.openSync(folder);
    }

    @Override
    public Stream<Path> list(Path folder) throws IOException {
        watch.before(Operation.LOOK, folder);
        return real.list(folder);
    }

    @Override
    public OptionalLong size(Path file) throws IOException {
        watch.before(Operation.LOOK, file);
        return real.size(file);
    }

    @Override
    public long freeBytes(Path path) throws IOException {
        return real.freeBytes(path);
    }

    @Override
    public OptionalLong freeInodes(Path path) throws IOException {
        return real.freeInodes(path);
    }

    @Override
    public Optional<DiskLock> tryLock(Path file, byte[] record) throws IOException {
        watch.before(Operation.LOCK, file);
        return real.tryLock(file, record);
    }

    @Override
    public Optional<byte[]> lockRecord(Path file) throws IOException {
        watch.before(Operation.LOOK, file);
        return real.lockRecord(file);
    }
}
