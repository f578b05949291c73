package io.cellferry.storage;

import io.cellferry.failure.Refusal;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.failure.StorageFailed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The append-only record of what a run has finished.
///
/// Layout, version 1: the eight bytes `CFJRNL1\n`, then records back to back, each
///
/// ```
/// offset  bytes  field
///      0      4  payload bytes, unsigned, little-endian
///      4      4  CRC32C of the length field and the payload, little-endian
///      8      n  payload: one JSON object in UTF-8, see JournalRecord
/// ```
///
/// A reader stops at the first record whose length or checksum is wrong: that is where a crash tore the file, and
/// whatever lies behind was never acknowledged. A record counts as soon as it is readable, but is acknowledged to its
/// writer only when forced.
final class Journal implements AutoCloseable {

    private static final byte[] MAGIC = {'C', 'F', 'J', 'R', 'N', 'L', '1', '\n'};
    private static final int FRAME_BYTES = 8;

    /// More than any unit needs (a file takes about 150 bytes) and less than a damaged length could ask for.
    private static final int MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;

    private final Path path;
    private final RefusingDisk.OpenFile file;
    private long bytes;
    private @Nullable RuntimeException broken;
    private boolean closed;

    private Journal(Path path, RefusingDisk.OpenFile file, long bytes) {
        this.path = path;
        this.file = file;
        this.bytes = bytes;
    }

    interface RecordVisitor {
        void visit(long offset, JournalRecord found);
    }

    /// Begins a journal; it is durable on return, its name is not.
    static void create(RefusingDisk disk, Path path, JournalRecord.Begun begun) {
        try (RefusingDisk.OpenFile file = disk.create(path)) {
            file.write(ByteBuffer.wrap(MAGIC));
            file.write(frame(begun));
            file.force();
        }
    }

    /// Opens for appending behind the readable records and makes those durable: a process killed between writing and
    /// forcing a record leaves one that is readable but could still vanish.
    static Journal open(RefusingDisk disk, Path path, long readableBytes) {
        RefusingDisk.OpenFile file = disk.append(path, readableBytes);
        Journal journal = new Journal(path, file, readableBytes);
        try {
            file.force();
        } catch (Refusal e) {
            try {
                journal.close();
            } catch (Refusal second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        return journal;
    }

    /// Appends one record, durable on return, and answers its offset. After a failure the file may end in half a
    /// record, behind which nothing would be found again: the journal takes no more.
    synchronized long append(JournalRecord added) {
        if (broken != null) {
            String found = "%s: expected to append a record, found that an earlier append failed: %s"
                    .formatted(path, broken.getMessage());
            // Whoever is told of this first should be told what to do about the cause.
            throw broken instanceof RoomExhausted full
                    ? new RoomExhausted(found, full.remedy(), full)
                    : new StorageFailed(found, "Run the same command again; finished units are kept.", broken);
        }
        ByteBuffer frame = frame(added);
        long offset = bytes;
        int count = frame.remaining();
        try {
            file.write(frame);
            file.force();
        } catch (RuntimeException e) {
            broken = e;
            throw e;
        }
        bytes += count;
        return offset;
    }

    /// Closing once more does nothing.
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            file.close();
        }
    }

    /// Visits all readable records in order; answers the bytes up to the end of the last one, 0 if there is no journal.
    static long read(RefusingDisk disk, Path path, RecordVisitor visitor) {
        return disk.get("reading the journal", path, 0, () -> {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
                return read(in, Files.size(path), path, visitor);
            } catch (NoSuchFileException e) {
                return 0L;
            }
        });
    }

    /// The first record alone; empty if there is no journal or it cannot be read.
    static Optional<JournalRecord.Begun> readBegun(RefusingDisk disk, Path path) {
        return disk.get("reading the journal", path, 0, () -> {
            try (InputStream in = Files.newInputStream(path)) {
                byte[] magic = in.readNBytes(MAGIC.length);
                byte @Nullable [] first = Arrays.equals(magic, MAGIC) ? payload(in, Files.size(path)) : null;
                return first != null && parse(first, path) instanceof JournalRecord.Begun begun
                        ? Optional.of(begun)
                        : Optional.<JournalRecord.Begun>empty();
            } catch (NoSuchFileException e) {
                return Optional.<JournalRecord.Begun>empty();
            }
        });
    }

    private static long read(InputStream in, long fileBytes, Path path, RecordVisitor visitor) throws IOException {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            return 0;
        }
        long offset = MAGIC.length;
        while (true) {
            byte @Nullable [] payload = payload(in, fileBytes - offset);
            if (payload == null) {
                return offset;
            }
            visitor.visit(offset, parse(payload, path));
            offset += FRAME_BYTES + payload.length;
        }
    }

    private static byte @Nullable [] payload(InputStream in, long bytesLeft) throws IOException {
        byte[] head = in.readNBytes(FRAME_BYTES);
        if (head.length < FRAME_BYTES) {
            return null;
        }
        ByteBuffer frame = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        long count = Integer.toUnsignedLong(frame.getInt(0));
        if (count == 0 || count > MAX_PAYLOAD_BYTES || count > bytesLeft - FRAME_BYTES) {
            return null;
        }
        byte[] payload = in.readNBytes(Math.toIntExact(count));
        return payload.length == count && checksum(head, payload) == frame.getInt(4) ? payload : null;
    }

    private static JournalRecord parse(byte[] payload, Path path) {
        try {
            return Json.read(payload, JournalRecord.class);
        } catch (JacksonException e) {
            throw new StorageFailed(
                    "%s: expected records this version of cellferry writes, found another kind.".formatted(path),
                    "Resume the run with the cellferry that started it, or give it up with cellferry clean.",
                    e);
        }
    }

    private static ByteBuffer frame(JournalRecord content) {
        byte[] payload = Json.bytes(content);
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a journal record of %,d bytes exceeds %,d: make the units smaller"
                    .formatted(payload.length, MAX_PAYLOAD_BYTES));
        }
        ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES + payload.length).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(payload.length).putInt(0).put(payload);
        frame.putInt(4, checksum(Arrays.copyOf(frame.array(), 4), payload));
        return frame.flip();
    }

    private static int checksum(byte[] lengthFirst, byte[] payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(lengthFirst, 0, 4);
        checksum.update(payload, 0, payload.length);
        return (int) checksum.getValue();
    }
}
