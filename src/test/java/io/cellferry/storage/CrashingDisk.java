package io.cellferry.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;

/// A real folder on a disk that fails, or loses power, at one chosen operation.
///
/// Operations are numbered from 1. A power cut throws [SimulatedCrash] there and at every later operation; then
/// [#settle] rewrites the folder to a state the cut could leave, after which a new disk may be made over it. An error
/// is thrown once; the disk works again afterwards. All files of the code under test must be made through this disk
/// and lie below `root`.
public final class CrashingDisk implements Disk {

    public enum Fault {
        NONE,
        POWER_CUT,
        NO_SPACE,
        INPUT_OUTPUT_ERROR
    }

    private final RealDisk real = new RealDisk();
    private final PowerCutModel model;
    private final Fault fault;
    private final long faultyOperation;
    private final Random random;
    private final List<DiskFile> openFiles = new ArrayList<>();
    private final List<DiskLock> locks = new ArrayList<>();
    private long operations;
    private boolean cut;
    private long freeInodes = 789;

    public CrashingDisk(Path root, Fault fault, long faultyOperation, long seed) throws IOException {
        this.model = new PowerCutModel(root);
        this.fault = fault;
        this.faultyOperation = faultyOperation;
        this.random = new Random(seed);
    }

    /// A disk on which nothing fails, to count operations or to lose power after the last one.
    public static CrashingDisk sound(Path root) throws IOException {
        return new CrashingDisk(root, Fault.NONE, 0, 0);
    }

    /// This very disk, with room for bytes but not for files.
    CrashingDisk withoutInodes() {
        freeInodes = 0;
        return this;
    }

    public synchronized long operations() {
        return operations;
    }

    /// Whether the chosen operation was reached.
    public synchronized boolean struck() {
        return fault != Fault.NONE && operations >= faultyOperation;
    }

    /// Ends this disk: frees its locks, as a dying process does, and leaves what survives a power cut now.
    public synchronized void settle(long seed) throws IOException {
        cut = true;
        abandon();
        model.settle(new Random(seed));
    }

    /// Ends this disk as the death of its process alone would: locks are freed, all that was written stays.
    public synchronized void abandon() throws IOException {
        cut = true;
        for (DiskFile file : openFiles) {
            file.close();
        }
        openFiles.clear();
        for (DiskLock lock : locks) {
            lock.close();
        }
        locks.clear();
    }

    /// Whether this operation is the one that fails with an error.
    private boolean fails() {
        if (cut) {
            throw new SimulatedCrash(operations);
        }
        operations++;
        if (fault == Fault.NONE || operations != faultyOperation) {
            return false;
        }
        if (fault == Fault.POWER_CUT) {
            cut = true;
        }
        return true;
    }

    private IOException failure(Path where) {
        return switch (fault) {
            case NONE, POWER_CUT -> throw new SimulatedCrash(operations);
            case NO_SPACE -> new FileSystemException(where.toString(), null, "No space left on device");
            case INPUT_OUTPUT_ERROR -> new FileSystemException(where.toString(), null, "Input/output error");
        };
    }

    private void step(Path where) throws IOException {
        if (fails()) {
            throw failure(where);
        }
    }

    @Override
    public synchronized DiskFile create(Path file) throws IOException {
        step(file);
        DiskFile opened = real.create(file);
        PowerCutModel.Node node = model.file(file);
        node.contents.reset();
        node.dirty = true;
        return track(file, node, opened);
    }

    @Override
    public synchronized DiskFile createPrivate(Path file) throws IOException {
        step(file);
        DiskFile opened = real.createPrivate(file);
        PowerCutModel.Node node = model.file(file);
        node.contents.reset();
        node.dirty = true;
        return track(file, node, opened);
    }

    @Override
    public synchronized DiskFile append(Path file, long keptBytes) throws IOException {
        step(file);
        DiskFile opened = real.append(file, keptBytes);
        PowerCutModel.Node node = model.file(file);
        byte[] kept = java.util.Arrays.copyOf(node.contents.toByteArray(), Math.toIntExact(keptBytes));
        node.contents.reset();
        node.contents.writeBytes(kept);
        node.dirty = true;
        return track(file, node, opened);
    }

    private DiskFile track(Path path, PowerCutModel.Node node, DiskFile opened) {
        openFiles.add(opened);
        return new FaultyFile(path, node, opened);
    }

    private final class FaultyFile implements DiskFile {
        private final Path path;
        private final PowerCutModel.Node node;
        private final DiskFile opened;

        FaultyFile(Path path, PowerCutModel.Node node, DiskFile opened) {
            this.path = path;
            this.node = node;
            this.opened = opened;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            synchronized (CrashingDisk.this) {
                boolean fails = fails();
                int count = fails ? random.nextInt(bytes.remaining() + 1) : bytes.remaining();
                byte[] written = new byte[count];
                bytes.get(written);
                node.contents.writeBytes(written);
                node.dirty = true;
                opened.write(ByteBuffer.wrap(written));
                if (fails) {
                    throw failure(path);
                }
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (CrashingDisk.this) {
                if (fails()) {
                    node.spoiled |= fault != Fault.POWER_CUT;
                    throw failure(path);
                }
                node.force();
            }
        }

        @Override
        public void close() throws IOException {
            synchronized (CrashingDisk.this) {
                boolean fails = fails();
                openFiles.remove(opened);
                opened.close();
                if (fails) {
                    throw failure(path);
                }
            }
        }
    }

    @Override
    public synchronized void createFolder(Path folder) throws IOException {
        step(folder);
        real.createFolder(folder);
        model.createFolder(folder);
    }

    @Override
    public synchronized void createPrivateFolder(Path folder) throws IOException {
        step(folder);
        real.createPrivateFolder(folder);
        model.createFolder(folder);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        step(from);
        real.rename(from, to);
        model.rename(from, to);
    }

    @Override
    public synchronized boolean delete(Path path) throws IOException {
        step(path);
        boolean deleted = real.delete(path);
        if (deleted) {
            model.delete(path);
        }
        return deleted;
    }

    @Override
    public synchronized void forceFolder(Path folder) throws IOException {
        step(folder);
        model.forceFolder(folder);
    }

    @Override
    public synchronized Optional<FileSystemSync> openSync(Path folder) throws IOException {
        step(folder);
        return Optional.of(new FileSystemSync() {
            @Override
            public void sync() throws IOException {
                synchronized (CrashingDisk.this) {
                    if (fails()) {
                        if (fault != Fault.POWER_CUT) {
                            model.spoilAll();
                        }
                        throw failure(folder);
                    }
                    model.syncAll();
                }
            }

            @Override
            public void close() throws IOException {
                synchronized (CrashingDisk.this) {
                    step(folder);
                }
            }
        });
    }

    @Override
    public synchronized Stream<Path> list(Path folder) throws IOException {
        step(folder);
        // In a fixed order, so that operation N is the same operation in every trial.
        try (Stream<Path> entries = real.list(folder)) {
            return entries.sorted().toList().stream();
        }
    }

    @Override
    public synchronized OptionalLong size(Path file) throws IOException {
        step(file);
        return real.size(file);
    }

    @Override
    public long freeBytes(Path path) {
        return 123_456;
    }

    @Override
    public OptionalLong freeInodes(Path path) {
        return OptionalLong.of(freeInodes);
    }

    @Override
    public synchronized Optional<DiskLock> tryLock(Path file, byte[] record) throws IOException {
        step(file);
        Optional<DiskLock> acquired = real.tryLock(file, record);
        acquired.ifPresent(lock -> {
            PowerCutModel.Node node = model.file(file);
            node.contents.reset();
            node.contents.writeBytes(record);
            node.dirty = true;
            locks.add(lock);
        });
        return acquired.map(lock -> new FaultyLock(file, lock));
    }

    @Override
    public synchronized Optional<byte[]> lockRecord(Path file) throws IOException {
        step(file);
        return real.lockRecord(file);
    }

    private final class FaultyLock implements DiskLock {
        private final Path file;
        private final DiskLock lock;

        FaultyLock(Path file, DiskLock lock) {
            this.file = file;
            this.lock = lock;
        }

        @Override
        public void deleteAndFree() throws IOException {
            synchronized (CrashingDisk.this) {
                step(file);
                model.delete(file);
                lock.deleteAndFree();
                locks.remove(lock);
            }
        }

        @Override
        public void close() throws IOException {
            synchronized (CrashingDisk.this) {
                if (!cut) {
                    lock.close();
                    locks.remove(lock);
                }
            }
        }
    }
}
