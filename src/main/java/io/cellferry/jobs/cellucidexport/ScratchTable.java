package io.cellferry.jobs.cellucidexport;

import io.cellferry.dataset.NumericTable;
import io.cellferry.failure.StorageFailed;
import io.cellferry.matrix.CellRange;
import io.cellferry.storage.StagedFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// A table copied to scratch once, because every annotation reads it several times and decoding it each time would
/// cost more than everything else in the step.
///
/// Layout: rows one after the other, float64 little-endian, nothing else. Safe for several threads: positional reads
/// only.
final class ScratchTable implements NumericTable {

    /// 32,768 numbers x 8 bytes = 256 KiB.
    private static final int COPY_NUMBERS = 32_768;

    private final Path file;
    private final FileChannel channel;
    private final int rows;
    private final int columns;

    private ScratchTable(Path file, FileChannel channel, int rows, int columns) {
        this.file = file;
        this.channel = channel;
        this.rows = rows;
        this.columns = columns;
    }

    /// Writes all of `table` to `to`.
    static void copy(NumericTable table, StagedFile to) {
        int columns = table.columns();
        int rowsAtOnce = Math.max(1, COPY_NUMBERS / Math.max(1, columns));
        double[] numbers = new double[Math.multiplyExact(rowsAtOnce, columns)];
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(numbers.length, Double.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < table.rows(); ) {
            CellRange cells = new CellRange(from, from + Math.min(rowsAtOnce, table.rows() - from));
            table.read(cells, numbers);
            bytes.clear();
            bytes.asDoubleBuffer().put(numbers, 0, cells.count() * columns);
            to.write(bytes.limit(cells.count() * columns * Double.BYTES));
            from = cells.to();
        }
        to.finish();
    }

    static ScratchTable open(Path file, int rows, int columns) {
        try {
            return new ScratchTable(file, FileChannel.open(file), rows, columns);
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

    @Override
    public void read(CellRange cells, double[] into) {
        int numbers = Math.multiplyExact(cells.count(), columns);
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(numbers, COPY_NUMBERS) * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        long position = (long) cells.from() * columns * Double.BYTES;
        try {
            for (int done = 0; done < numbers; ) {
                int now = Math.min(numbers - done, COPY_NUMBERS);
                bytes.clear().limit(now * Double.BYTES);
                while (bytes.hasRemaining()) {
                    int got = channel.read(bytes, position + bytes.position());
                    if (got < 0) {
                        throw new EOFException("the file ends early");
                    }
                }
                bytes.flip().asDoubleBuffer().get(into, done, now);
                position += (long) now * Double.BYTES;
                done += now;
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static StorageFailed failed(Path file, IOException e) {
        return new StorageFailed(
                "%s cannot be read: %s".formatted(file, e.getMessage()),
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
