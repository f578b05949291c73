package io.cellferry.dataset.hdf5.bytes;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/// A read-only channel that reads whole ranges or fails: never short, never mapped, never closed by an interrupt.
///
/// A plain [FileChannel] may return fewer bytes than asked for, is closed for every reader when one of them is
/// interrupted, and jHDF maps it once per read until the kernel's limit of mappings is reached. This one repeats short
/// reads, reports the end of the file as [EOFException], opens the file again after an interrupt (and restores the
/// thread's flag) and refuses to map. The size is taken once, at opening.
public final class WholeReadChannel extends FileChannel {

    private final Path path;
    private final long size;
    private volatile FileChannel channel;

    public WholeReadChannel(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path);
        this.size = channel.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        int wanted = into.remaining();
        if (position < 0 || wanted > size - position) {
            throw new EOFException(
                    "the file ends at byte %,d, %,d bytes at %,d were wanted".formatted(size, wanted, position));
        }
        int first = into.position();
        boolean interrupted = false;
        try {
            while (into.hasRemaining()) {
                FileChannel current = channel;
                int before = into.position();
                try {
                    if (current.read(into, position + before - first) < 0) {
                        throw new EOFException("%s became shorter while it was read".formatted(path));
                    }
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    into.position(before);
                    openAgain(current, e);
                } catch (ClosedChannelException e) {
                    into.position(before);
                    openAgain(current, e);
                }
            }
            return wanted;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void openAgain(FileChannel seen, ClosedChannelException cause) throws IOException {
        if (!isOpen()) {
            throw cause;
        }
        if (channel == seen) {
            channel = FileChannel.open(path);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    protected synchronized void implCloseChannel() throws IOException {
        channel.close();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long count) {
        throw positionalReadsOnly();
    }

    @Override
    public int read(ByteBuffer into) {
        throw positionalReadsOnly();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        throw positionalReadsOnly();
    }

    @Override
    public int write(ByteBuffer from) {
        throw positionalReadsOnly();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw positionalReadsOnly();
    }

    @Override
    public int write(ByteBuffer from, long position) {
        throw positionalReadsOnly();
    }

    @Override
    public long position() {
        throw positionalReadsOnly();
    }

    @Override
    public FileChannel position(long position) {
        throw positionalReadsOnly();
    }

    @Override
    public FileChannel truncate(long newSize) {
        throw positionalReadsOnly();
    }

    @Override
    public void force(boolean metadata) {
        throw positionalReadsOnly();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw positionalReadsOnly();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw positionalReadsOnly();
    }

    @Override
    public FileLock lock(long position, long count, boolean shared) {
        throw positionalReadsOnly();
    }

    @Override
    public FileLock tryLock(long position, long count, boolean shared) {
        throw positionalReadsOnly();
    }

    private static UnsupportedOperationException positionalReadsOnly() {
        return new UnsupportedOperationException("this channel serves positional reads only");
    }
}
