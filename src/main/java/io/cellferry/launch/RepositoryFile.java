package io.cellferry.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.Arrays;
import org.h2.store.fs.FileBaseDefault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file of an embedded job repository, which outlives a disk that is full or failing.
///
/// H2 does not: after a write that failed, its next statement may turn in a circle for ever
/// (`MVStore.registerVersionUsage` in 2.4.240), with the run's output in its hands. So H2 never sees a write fail. From
/// the first one on the file lies in memory, and what is on disk stays as it is: an earlier state, or a damaged one,
/// and the journal makes up for both.
///
/// In memory are then up to twice the bytes of the file: some hundred kilobytes, a few megabytes with a thousand
/// partitions.
final class RepositoryFile extends FileBaseDefault {

    private static final Logger LOG = LoggerFactory.getLogger(RepositoryFile.class);

    private final String name;
    private final FileChannel disk;
    private byte @Nullable [] memory;
    private int memoryBytes;

    RepositoryFile(String name, FileChannel disk) {
        this.name = name;
        this.disk = disk;
    }

    @Override
    public synchronized int read(ByteBuffer into, long position) throws IOException {
        if (memory == null) {
            return disk.read(into, position);
        }
        if (position >= memoryBytes) {
            return -1;
        }
        int count = Math.toIntExact(Math.min(into.remaining(), memoryBytes - position));
        into.put(memory, Math.toIntExact(position), count);
        return count;
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
        int count = source.remaining();
        if (memory == null) {
            try {
                writeToDisk(source.duplicate(), position);
                source.position(source.limit());
                return count;
            } catch (IOException e) {
                moveToMemory(e);
            }
        }
        int end = Math.toIntExact(position + count);
        source.get(inMemory(end), Math.toIntExact(position), count);
        memoryBytes = Math.max(memoryBytes, end);
        return count;
    }

    private void writeToDisk(ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += disk.write(source, at);
        }
    }

    @Override
    protected synchronized void implTruncate(long size) throws IOException {
        if (memory == null) {
            try {
                disk.truncate(size);
                return;
            } catch (IOException e) {
                moveToMemory(e);
            }
        }
        if (size < memoryBytes) {
            // Whoever writes behind the end finds zeros before it.
            Arrays.fill(inMemory(memoryBytes), Math.toIntExact(size), memoryBytes, (byte) 0);
            memoryBytes = Math.toIntExact(size);
        }
    }

    @Override
    public synchronized void force(boolean metaData) throws IOException {
        if (memory == null) {
            try {
                disk.force(metaData);
            } catch (IOException e) {
                moveToMemory(e);
            }
        }
    }

    @Override
    public synchronized long size() throws IOException {
        return memory == null ? disk.size() : memoryBytes;
    }

    private byte[] inMemory(int room) {
        byte[] held = memory == null ? new byte[0] : memory;
        byte[] enough = room <= held.length ? held : Arrays.copyOf(held, Math.multiplyExact(room, 2));
        memory = enough;
        return enough;
    }

    /// A disk that cannot be read either ends the run: there is nothing to go on with.
    private void moveToMemory(IOException cause) throws IOException {
        ByteBuffer contents = ByteBuffer.allocate(Math.toIntExact(disk.size()));
        while (contents.hasRemaining() && disk.read(contents, contents.position()) >= 0) {
            // Until it is full or the file ends.
        }
        memory = contents.array();
        memoryBytes = contents.position();
        LOG.warn(
                "{} cannot be written any more ({}); the run goes on with its books in memory",
                name,
                cause.getMessage());
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return disk.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        disk.close();
    }
}
