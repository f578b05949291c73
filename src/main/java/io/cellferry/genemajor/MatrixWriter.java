package io.cellferry.genemajor;

import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.SparseColumn;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import io.cellferry.zarr.ArrayLayout;
import io.cellferry.zarr.ChunkFileWriter;
import io.cellferry.zarr.ZarrType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the files of `data` and `indices` that one range of values fills.
///
/// A file never belongs to two ranges; a gene may: its column is then read for both and each takes its part. In a
/// store by cell columns are those of the mirror ([io.cellferry.matrix.RowsAsColumns]), so a gene here is a cell. One
/// thread; kept from range to range. Memory: one chunk as numbers (4 bytes a cell and 4 or 8 a value) beside what two
/// [ChunkFileWriter]s hold.
public final class MatrixWriter implements AutoCloseable {

    private final MatrixLayout layout;
    private final MajorStarts starts;
    private final Optional<ValueConversion> conversion;
    private final ArrayLayout data;
    private final ArrayLayout indices;
    private final ChunkFileWriter dataFiles;
    private final ChunkFileWriter indexFiles;
    private final int[] cells;
    private final ValueBuffer values;

    /// `conversion` is absent where values stay as they are.
    public MatrixWriter(MatrixLayout layout, MajorStarts starts, Optional<ValueConversion> conversion) {
        this.layout = layout;
        this.starts = starts;
        this.conversion = conversion;
        this.data = layout.data(starts.storedValues());
        this.indices = layout.indices(starts.storedValues());
        this.dataFiles = new ChunkFileWriter(data);
        this.indexFiles = new ChunkFileWriter(indices);
        this.cells = new int[layout.chunk()];
        this.values = new ValueBuffer(ValueConversion.held(layout.type()), layout.chunk());
    }

    /// The most one writer holds.
    public static long heapBytes(MatrixLayout layout) {
        long perValue = Integer.BYTES + ValueConversion.held(layout.type()).bytes();
        return layout.chunk() * perValue
                + layout.data(0).writerBytes()
                + layout.indices(0).writerBytes();
    }

    public void write(ColumnSource columns, ValueRange range, UnitWriter unit) {
        Files files = new Files(range, unit);
        try {
            columns.visit(starts.majorsOf(range), (gene, column) -> {
                if (column.storedValues() != starts.storedValues(gene)) {
                    throw new IllegalStateException("%s %,d has %,d values, but %,d when they were counted"
                            .formatted(layout.majorWord(), gene, column.storedValues(), starts.storedValues(gene)));
                }
                long start = starts.start(gene);
                int from = (int) Math.max(0, range.from() - start);
                int to = (int) Math.min(column.storedValues(), range.to() - start);
                files.append(gene, column, from, to);
            });
            files.end();
        } finally {
            files.close();
        }
    }

    /// The files of one range as they come to be: a chunk is filled, encoded when it is full, and every
    /// [MatrixLayout#chunksInFile] chunks make a file.
    private final class Files {
        private final ValueRange range;
        private final UnitWriter unit;
        private final List<StagedFile> open = new ArrayList<>(2);
        private long written;
        private int filled;
        private int chunksWritten;

        Files(ValueRange range, UnitWriter unit) {
            this.range = range;
            this.unit = unit;
            this.written = range.from();
        }

        void append(int gene, SparseColumn column, int from, int to) {
            int at = from;
            while (at < to) {
                int now = Math.min(to - at, layout.chunk() - filled);
                System.arraycopy(column.cells(), at, cells, filled, now);
                copyValues(gene, column, at, now);
                filled += now;
                at += now;
                if (filled == layout.chunk()) {
                    chunk();
                }
            }
        }

        private void copyValues(int gene, SparseColumn column, int from, int count) {
            if (conversion.isPresent()) {
                conversion.get().convert(gene, column, from, from + count, values, filled);
            } else if (values.type().bytes() == Integer.BYTES) {
                System.arraycopy(column.values().four(), from, values.four(), filled, count);
            } else {
                System.arraycopy(column.values().eight(), from, values.eight(), filled, count);
            }
        }

        private void chunk() {
            if (open.isEmpty()) {
                long file = written / ((long) layout.chunk() * layout.chunksInFile());
                begin(dataFiles, "data", data, file);
                begin(indexFiles, "indices", indices, file);
                chunksWritten = 0;
            }
            indexFiles.chunk(cells, 0, filled);
            if (values.type().bytes() == Integer.BYTES) {
                dataFiles.chunk(values.four(), 0, filled);
            } else {
                dataFiles.chunk(values.eight(), 0, filled);
            }
            written += filled;
            filled = 0;
            if (++chunksWritten == layout.chunksInFile()) {
                finish();
            }
        }

        private void begin(ChunkFileWriter writer, String array, ArrayLayout of, long file) {
            StagedFile staged = unit.output("%s/%s/%s".formatted(layout.path(), array, of.fileName(file)));
            open.add(staged);
            writer.begin(staged);
        }

        private void finish() {
            dataFiles.finish();
            indexFiles.finish();
            close();
        }

        void end() {
            if (filled > 0) {
                chunk();
            }
            if (!open.isEmpty()) {
                finish();
            }
            if (written != range.to()) {
                throw new IllegalStateException("%s: %,d values were written, expected %,d"
                        .formatted(range.partitionName(), written - range.from(), range.to() - range.from()));
            }
        }

        void close() {
            open.forEach(StagedFile::close);
            open.clear();
        }
    }

    /// Writes the whole of `indptr`.
    public static void writeStarts(MatrixLayout layout, MajorStarts starts, UnitWriter unit) {
        ArrayLayout indptr = layout.indptr(starts.storedValues());
        int chunk = indptr.chunkElements();
        try (ChunkFileWriter writer = new ChunkFileWriter(indptr)) {
            for (int file = 0; file < indptr.fileCount(); file++) {
                int from = file * chunk;
                try (StagedFile staged = unit.output("%s/indptr/%s".formatted(layout.path(), indptr.fileName(file)))) {
                    writer.begin(staged);
                    int count = Math.min(chunk, starts.all().length - from);
                    if (indptr.type() == ZarrType.INT32) {
                        writer.chunk(starts.asInts(from, count), 0, count);
                    } else {
                        writer.chunk(starts.all(), from, count);
                    }
                    writer.finish();
                }
            }
        }
    }

    @Override
    public void close() {
        dataFiles.close();
        indexFiles.close();
    }
}
