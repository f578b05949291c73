package io.cellferry.storage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// The file systems of this machine.
public final class RealDisk implements Disk {

    /// Where `syncfs` is known to write contents and metadata back and to report errors. Network and user-space file
    /// systems may answer it without asking their server, so files there are forced one by one.
    private static final Set<String> GROUP_SYNC_FILE_SYSTEMS =
            Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "tmpfs");

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_MAY_READ =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Optional<LinuxCalls> calls;

    public RealDisk() {
        calls = LinuxCalls.ofThisMachine();
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        return new ChannelFile(FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE));
    }

    @Override
    public DiskFile createPrivate(Path file) throws IOException {
        boolean hasModes = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return new ChannelFile(
                hasModes
                        ? FileChannel.open(file, Set.of(CREATE_NEW, WRITE), OWNER_MAY_READ)
                        : FileChannel.open(file, CREATE_NEW, WRITE));
    }

    @Override
    public DiskFile append(Path file, long keptBytes) throws IOException {
        return new UninterruptibleFile(file, keptBytes);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        createMissing(folder);
    }

    @Override
    public void createPrivateFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            createMissing(folder, OWNER_ONLY);
        } else {
            createMissing(folder);
        }
    }

    private static void createMissing(Path folder, FileAttribute<?>... attributes) throws IOException {
        try {
            Files.createDirectory(folder, attributes);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public boolean delete(Path path) throws IOException {
        return Files.deleteIfExists(path);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    @Override
    public Optional<FileSystemSync> openSync(Path folder) throws IOException {
        if (calls.isEmpty()
                || !GROUP_SYNC_FILE_SYSTEMS.contains(Files.getFileStore(folder).type())) {
            return Optional.empty();
        }
        LinuxCalls linux = calls.get();
        int handle = linux.openFolder(folder);
        return Optional.of(new FileSystemSync() {
            @Override
            public void sync() throws IOException {
                linux.syncFileSystem(handle, folder);
            }

            @Override
            public void close() throws IOException {
                linux.closeFolder(handle, folder);
            }
        });
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // The caller closes it.
    public Stream<Path> list(Path folder) throws IOException {
        return Files.list(folder);
    }

    @Override
    public OptionalLong size(Path file) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isRegularFile() ? OptionalLong.of(found.size()) : OptionalLong.empty();
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public long freeBytes(Path path) throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    @Override
    public OptionalLong freeInodes(Path path) throws IOException {
        if (calls.isEmpty()) {
            return OptionalLong.empty();
        }
        long free = calls.get().freeInodes(path);
        return free < 0 ? OptionalLong.empty() : OptionalLong.of(free);
    }

    @Override
    public Optional<DiskLock> tryLock(Path file, byte[] record) throws IOException {
        return KernelLock.tryLock(file, record);
    }

    @Override
    public Optional<byte[]> lockRecord(Path file) throws IOException {
        return KernelLock.record(file);
    }

    private record ChannelFile(FileChannel channel) implements DiskFile {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
