package io.cellferry.image.ometiff;

import io.cellferry.codec.Malformed;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// The bytes of one open file, for several threads. Every range is checked against the length of the file, taken once
/// at opening, before a buffer is made for it.
///
/// A plain [FileChannel] is closed for every reader when one of them is interrupted. This one is opened again and the
/// thread's flag restored, so that stopping one worker does not fail the others.
final class TiffBytes implements AutoCloseable {

    /// The channel copies through a direct buffer that each thread keeps: it never grows beyond this.
    private static final int MOST_BYTES_AT_ONCE = 1 << 20;

    private final Path path;
    private final long size;
    private volatile FileChannel channel;
    private volatile boolean closed;

    TiffBytes(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path);
        this.size = channel.size();
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /// A new buffer with `count` bytes.
    ByteBuffer buffer(long offset, int count, ByteOrder order) {
        check(offset, count);
        byte[] bytes = new byte[count];
        read(offset, bytes, count);
        return ByteBuffer.wrap(bytes).order(order);
    }

    /// Fills `into[0, count)`, which the caller owns.
    void read(long offset, byte[] into, int count) {
        check(offset, count);
        boolean interrupted = false;
        try {
            int done = 0;
            while (done < count) {
                FileChannel current = channel;
                int wanted = Math.min(count - done, MOST_BYTES_AT_ONCE);
                try {
                    int now = current.read(ByteBuffer.wrap(into, done, wanted), offset + done);
                    if (now < 0) {
                        throw new Malformed(
                                "the file became shorter while it was read; it had %,d bytes".formatted(size));
                    }
                    done += now;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    openAgain(current, e);
                } catch (ClosedChannelException e) {
                    openAgain(current, e);
                }
            }
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s: %,d bytes at offset %,d could not be read: %s".formatted(path, count, offset, IoWords.of(e)),
                    "Check the disk or network the file is on, then run the same command again.",
                    e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Refuses ranges that do not lie inside the file.
    void check(long offset, long count) {
        if (offset < 0 || count < 0 || count > size - offset) {
            throw new Malformed("%s bytes at offset %s were expected, but the file ends after %,d bytes"
                    .formatted(unsigned(count), unsigned(offset), size));
        }
    }

    /// Offsets of BigTIFF are unsigned; those of damaged files use all bits.
    private static String unsigned(long number) {
        return number < 0 ? Long.toUnsignedString(number) : "%,d".formatted(number);
    }

    private synchronized void openAgain(FileChannel seen, ClosedChannelException cause) throws IOException {
        if (closed) {
            throw cause;
        }
        if (channel == seen) {
            channel = FileChannel.open(path);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageFailed("%s: could not be closed: %s".formatted(path, IoWords.of(e)), "Check the disk.", e);
        }
    }
}
