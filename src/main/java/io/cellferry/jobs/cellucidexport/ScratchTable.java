package io.cellferry.jobs.cellucidexport;

import io.cellferry.dataset.NumericTable;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import io.cellferry.matrix.CellRange;
import io.cellferry.storage.StagedFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// A table copied to scratch once, because every annotation reads it several times and decoding it each time would
/// cost more than everything else in the step.
///
/// Layout: rows one after the other, float64 or float32, little-endian, nothing else. The length of the file says
/// which: runs that began with an older version have float64 throughout. One for each thread: it keeps what it reads
/// through, as annotations read it over and over.
final class ScratchTable implements NumericTable {

    /// 32,768 numbers x 8 bytes = 256 KiB.
    private static final int COPY_NUMBERS = 32_768;

    private final Path file;
    private final FileChannel channel;
    private final int rows;
    private final int columns;
    private final int numberBytes;
    private final ByteBuffer bytes;
    private final float[] floats;

    private ScratchTable(Path file, FileChannel channel, int rows, int columns, int numberBytes) {
        this.file = file;
        this.channel = channel;
        this.rows = rows;
        this.columns = columns;
        this.numberBytes = numberBytes;
        int atOnce = (int) Math.min((long) rows * columns, COPY_NUMBERS);
        this.bytes = ByteBuffer.allocate(atOnce * numberBytes).order(ByteOrder.LITTLE_ENDIAN);
        this.floats = new float[numberBytes == Float.BYTES ? atOnce : 0];
    }

    /// Writes all of `table` to `to`, exactly.
    static void copy(NumericTable table, StagedFile to) {
        copy(table, Double.BYTES, to);
    }

    /// Writes all of `table` to `to`, each number rounded to a float: half the bytes, for whoever rounds anyway.
    static void copyFloats(NumericTable table, StagedFile to) {
        copy(table, Float.BYTES, to);
    }

    private static void copy(NumericTable table, int numberBytes, StagedFile to) {
        int columns = table.columns();
        int rowsAtOnce = Math.max(1, COPY_NUMBERS / Math.max(1, columns));
        double[] numbers = new double[Math.multiplyExact(rowsAtOnce, columns)];
        float[] floats = new float[numberBytes == Float.BYTES ? numbers.length : 0];
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(numbers.length, numberBytes))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < table.rows(); ) {
            CellRange cells = new CellRange(from, from + Math.min(rowsAtOnce, table.rows() - from));
            table.read(cells, numbers);
            int count = cells.count() * columns;
            bytes.clear();
            if (numberBytes == Double.BYTES) {
                bytes.asDoubleBuffer().put(numbers, 0, count);
            } else {
                for (int at = 0; at < count; at++) {
                    floats[at] = (float) numbers[at];
                }
                bytes.asFloatBuffer().put(floats, 0, count);
            }
            to.write(bytes.limit(count * numberBytes));
            from = cells.to();
        }
        to.finish();
    }

    static ScratchTable open(Path file, int rows, int columns) {
        try {
            long numbers = (long) rows * columns;
            int numberBytes = Files.size(file) == numbers * Float.BYTES ? Float.BYTES : Double.BYTES;
            return new ScratchTable(file, FileChannel.open(file), rows, columns, numberBytes);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    /// The bytes and numbers that are read through.
    @Override
    public long readerBytes() {
        return (long) COPY_NUMBERS * (Double.BYTES + Float.BYTES);
    }

    @Override
    public void read(CellRange cells, double[] into) {
        int numbers = Math.multiplyExact(cells.count(), columns);
        long position = (long) cells.from() * columns * numberBytes;
        try {
            for (int done = 0; done < numbers; ) {
                int now = Math.min(numbers - done, COPY_NUMBERS);
                bytes.clear().limit(now * numberBytes);
                while (bytes.hasRemaining()) {
                    int got = channel.read(bytes, position + bytes.position());
                    if (got < 0) {
                        throw new EOFException("the file ends early");
                    }
                }
                bytes.flip();
                if (numberBytes == Double.BYTES) {
                    bytes.asDoubleBuffer().get(into, done, now);
                } else {
                    bytes.asFloatBuffer().get(floats, 0, now);
                    for (int at = 0; at < now; at++) {
                        into[done + at] = floats[at];
                    }
                }
                position += (long) now * numberBytes;
                done += now;
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static StorageFailed failed(Path file, IOException e) {
        return new StorageFailed(
                "%s cannot be read: %s".formatted(file, IoWords.of(e)),
                "Look after the disk, then run the same command again; it continues where it was.",
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }
}
