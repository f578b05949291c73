package io.cellferry.storage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A lock of the kernel on a file, with a record of its holder inside.
///
/// POSIX locks belong to the process: a thread that opens and closes the file a second time, even only to read it,
/// frees the lock of the thread that holds it. Therefore a table of this process's locks is asked before a lock file is
/// opened, everything here happens under its monitor, and a handle opened while locked stays open until the lock goes.
final class KernelLock implements DiskLock {

    /// The one thing here that must be known to the whole process, whatever number of [RealDisk]s it has.
    private static final Map<Path, KernelLock> HELD = new HashMap<>();

    /// A record is a few hundred bytes; whatever is longer was not written here.
    private static final int MAX_RECORD_BYTES = 64 * 1024;

    private final Path file;
    private final byte[] record;
    private final FileChannel locked;
    private final FileChannel underTheName;

    private KernelLock(Path file, byte[] record, FileChannel locked, FileChannel underTheName) {
        this.file = file;
        this.record = record;
        this.locked = locked;
        this.underTheName = underTheName;
    }

    static Optional<DiskLock> tryLock(Path path, byte[] record) throws IOException {
        Path file = identity(path);
        synchronized (HELD) {
            if (HELD.containsKey(file)) {
                return Optional.empty();
            }
            while (true) {
                FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
                Optional<KernelLock> acquired;
                boolean held;
                try {
                    held = !lock(channel);
                    acquired = held ? Optional.empty() : underTheName(file, record, channel);
                } catch (IOException | RuntimeException | Error e) {
                    closeAfter(e, channel);
                    throw e;
                }
                if (acquired.isPresent()) {
                    HELD.put(file, acquired.get());
                    return Optional.of(acquired.get());
                }
                channel.close();
                if (held) {
                    return Optional.empty();
                }
            }
        }
    }

    static Optional<byte[]> record(Path path) throws IOException {
        synchronized (HELD) {
            try {
                Path file = identity(path);
                KernelLock own = HELD.get(file);
                if (own != null) {
                    return Optional.of(own.record.clone());
                }
                try (FileChannel channel = FileChannel.open(file, READ)) {
                    return Optional.of(contents(channel));
                }
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // Locked in this process by someone outside this class; held all the same.
        }
    }

    /// Writes the record into the locked file and looks whether it can be read under the name. The former holder may
    /// have deleted the file between our opening and our locking it; then the name leads to nothing or to another
    /// file, and what we locked excludes nobody.
    private static Optional<KernelLock> underTheName(Path file, byte[] record, FileChannel channel) throws IOException {
        channel.truncate(0);
        ByteBuffer bytes = ByteBuffer.wrap(record);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        FileChannel underTheName;
        try {
            underTheName = FileChannel.open(file, READ);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        boolean same;
        try {
            same = Arrays.equals(contents(underTheName), record);
        } catch (IOException e) {
            closeAfter(e, underTheName);
            throw e;
        }
        if (!same) {
            underTheName.close();
            return Optional.empty();
        }
        return Optional.of(new KernelLock(file, record.clone(), channel, underTheName));
    }

    @Override
    public void deleteAndFree() throws IOException {
        synchronized (HELD) {
            Files.deleteIfExists(file);
            close();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (HELD.remove(file, this)) {
                try (locked) {
                    underTheName.close();
                }
            }
        }
    }

    private static byte[] contents(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.min(channel.size(), MAX_RECORD_BYTES)));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Until the buffer is full or the file ends.
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /// One key for all spellings of a path.
    private static Path identity(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path folder = absolute.getParent();
        return folder == null ? absolute : folder.toRealPath().resolve(absolute.getFileName());
    }

    private static void closeAfter(Throwable failure, FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
