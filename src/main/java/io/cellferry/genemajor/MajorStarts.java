package io.cellferry.genemajor;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import io.cellferry.matrix.GeneRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// Where the values of each major (gene, or cell in a store by cell) start when all are laid one behind the other; ends
/// with their number.
///
/// 8 bytes x majors, held by the run once it is known.
public final class MajorStarts {

    private final long[] starts;

    private MajorStarts(long[] starts) {
        this.starts = starts;
    }

    /// From the stored values of each major.
    public static MajorStarts of(long[] counts) {
        long[] starts = new long[counts.length + 1];
        for (int major = 0; major < counts.length; major++) {
            starts[major + 1] = Math.addExact(starts[major], counts[major]);
        }
        return new MajorStarts(starts);
    }

    /// All of them as eight bytes each, lowest first, and a CRC32C.
    public byte[] toBytes() {
        ByteBuffer bytes =
                ByteBuffer.allocate(starts.length * Long.BYTES + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long start : starts) {
            bytes.putLong(start);
        }
        return bytes.putInt(checksum(bytes.array())).array();
    }

    /// Reads what [#toBytes] made.
    public static MajorStarts read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            boolean sound = bytes.length >= Long.BYTES + Integer.BYTES
                    && bytes.length % Long.BYTES == Integer.BYTES
                    && in.getInt(bytes.length - Integer.BYTES) == checksum(bytes);
            if (!sound) {
                throw new StorageFailed(
                        "%s: the scratch file is damaged: its checksum does not fit its bytes.".formatted(file),
                        "Check the disk it lies on, then remove the unfinished run with 'cellferry clean' and start over.");
            }
            long[] starts = new long[bytes.length / Long.BYTES];
            in.asLongBuffer().get(starts);
            return new MajorStarts(starts);
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s: the scratch file cannot be read: %s".formatted(file, IoWords.of(e)),
                    "Look after the disk, then run the same command again.",
                    e);
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - Integer.BYTES);
        return (int) checksum.getValue();
    }

    public int majors() {
        return starts.length - 1;
    }

    public long start(int major) {
        return starts[major];
    }

    public long storedValues(int major) {
        return starts[major + 1] - starts[major];
    }

    public long storedValues() {
        return starts[starts.length - 1];
    }

    /// The majors that have values in `range`.
    public GeneRange majorsOf(ValueRange range) {
        return range.from() == range.to()
                ? new GeneRange(0, 0)
                : new GeneRange(majorAt(range.from()), majorAt(range.to() - 1) + 1);
    }

    /// The major that the value at `position` belongs to: the last one that starts there or before.
    private int majorAt(long position) {
        int low = 0;
        int high = starts.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= position) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Lent for writing, never written to.
    long[] all() {
        return starts;
    }

    /// Some of them; there must be fewer than 2^31 values.
    int[] asInts(int from, int count) {
        int[] some = new int[count];
        for (int i = 0; i < count; i++) {
            some[i] = Math.toIntExact(starts[from + i]);
        }
        return some;
    }
}
