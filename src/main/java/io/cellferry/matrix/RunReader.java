package io.cellferry.matrix;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.RunStopped;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One run, open for reading. Opening checks the footer and the length of the file; records and slices are checked when
/// they are read, before anybody sees a value.
///
/// Used by one thread. An interrupt closes the channel it hits, so threads that read the same run open it each for
/// themselves; an open costs about as much as a read.
public final class RunReader implements AutoCloseable {

    // A read into the heap goes through a direct buffer of its length that the thread keeps; this bounds it.
    static final int READ_BYTES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final RunFooter footer;

    private RunReader(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        long fileBytes = channel.size();
        if (fileBytes < RunFile.FOOTER_BYTES) {
            throw RunFooter.damaged(
                    file, "it has %,d bytes, fewer than the %d of a footer".formatted(fileBytes, RunFile.FOOTER_BYTES));
        }
        byte[] bytes = new byte[RunFile.FOOTER_BYTES];
        readFully(fileBytes - RunFile.FOOTER_BYTES, bytes, RunFile.FOOTER_BYTES);
        this.footer = RunFooter.of(file, fileBytes, bytes);
    }

    public static RunReader open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return new RunReader(file, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    public Path file() {
        return file;
    }

    public RunFooter footer() {
        return footer;
    }

    /// Reads the whole run once and refuses it unless every byte is as written. Holds a piece of 1 MiB, or one group of
    /// 16 positions where that is longer, and 9.75 bytes per position; and before that its dictionaries.
    public void verify() {
        new RowDictionaries(footer.valueType()).read(this);
        long[] storedValues = new long[1];
        var reader = new SliceReader();
        reader.read(
                this,
                new GeneRange(0, footer.positions()),
                (position, count, kind, payload, from, to) -> storedValues[0] += count);
        if (storedValues[0] != footer.storedValues()) {
            throw damaged("its slices hold %,d values where its footer says %,d"
                    .formatted(storedValues[0], footer.storedValues()));
        }
    }

    /// Reads `count` bytes from `at` on into the start of `into`.
    void read(long at, byte[] into, int count) {
        try {
            readFully(at, into, count);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private void readFully(long at, byte[] into, int count) throws IOException {
        int done = 0;
        while (done < count) {
            ByteBuffer piece = ByteBuffer.wrap(into, done, Math.min(READ_BYTES, count - done));
            int bytes = channel.read(piece, at + done);
            if (bytes < 0) {
                throw damaged("it ends at %,d, before the %,d bytes from %,d on".formatted(channel.size(), count, at));
            }
            done += bytes;
        }
    }

    StorageFailed damaged(String found) {
        return RunFooter.damaged(file, found);
    }

    private static RuntimeException unreadable(Path file, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            // The channel has left the thread's interrupt flag set.
            RunStopped stopped = new RunStopped("stopped while reading %s".formatted(file));
            stopped.initCause(cause);
            return stopped;
        }
        return new StorageFailed(
                "%s: the scratch file cannot be read: %s".formatted(file, IoWords.of(cause)),
                "Check that the disk is mounted and healthy and that nobody removes files of an unfinished run, then run"
                        + " the same command again. If the file is gone for good, 'cellferry clean' removes what this"
                        + " run has written so far, and the same command starts over.",
                cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
