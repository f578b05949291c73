package io.cellferry.genemajor;

import io.cellferry.dataset.NumberArray;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import io.cellferry.zarr.ArrayLayout;
import io.cellferry.zarr.ChunkFileWriter;

/// Writes files of carried arrays: chunks of whole rows, one behind the other.
///
/// Memory: one chunk of values as they are delivered, what its reader decodes, and what a [ChunkFileWriter] holds; the
/// texts of a chunk instead where it is one of texts.
public final class CarriedWriter {

    /// 32,768 texts at once, a kilobyte each; longer ones are rare, and few.
    private static final long TEXTS_BYTES = 32L << 20;

    private final CarriedElements elements;
    private final Runnable goOn;

    /// `goOn` is run before each chunk, and throws when the rest shall not be written.
    public CarriedWriter(CarriedElements elements, Runnable goOn) {
        this.elements = elements;
        this.goOn = goOn;
    }

    /// The most that writing `array` takes.
    public long heapBytes(StoreNode.Array array) {
        long chunk = array.layout().chunkElements();
        return array.layout().writerBytes()
                + switch (elements.source(array.path())) {
                    case ArraySource.OfNumbers numbers ->
                        chunk * numbers.values().type().delivered().bytes()
                                + numbers.values().readerBytes();
                    case ArraySource.OfTexts texts -> TEXTS_BYTES;
                    case ArraySource.OfRecords records ->
                        RecordRows.heapBytes(records.rows(), array.layout(), TEXTS_BYTES);
                    case ArraySource.OfNothing nothing -> 0L;
                };
    }

    /// Writes `files`, which belong to `array`.
    public void write(StoreNode.Array array, CarriedFiles files, UnitWriter unit) {
        try (ChunkFileWriter writer = new ChunkFileWriter(array.layout());
                Chunks chunks = chunks(array)) {
            ArrayLayout layout = array.layout();
            for (long file = files.fromFile(); file < files.toFile(); file++) {
                long[] place = new long[layout.shape().size()];
                if (place.length > 0) {
                    place[0] = file;
                }
                try (StagedFile staged = unit.output(array.path() + "/" + layout.fileName(place))) {
                    writer.begin(staged);
                    write(layout, file, chunks, writer);
                    writer.finish();
                }
            }
        }
    }

    private void write(ArrayLayout layout, long file, Chunks chunks, ChunkFileWriter writer) {
        long count = layout.shape().stream().reduce(1L, (a, b) -> a * b);
        for (int chunk = 0; chunk < layout.chunksInFile(); chunk++) {
            long from = (file * layout.chunksInFile() + chunk) * layout.chunkElements();
            if (from < count) {
                goOn.run();
                chunks.write(from, (int) Math.min(layout.chunkElements(), count - from), writer);
            }
        }
    }

    /// Reads one array range by range and hands it to a writer.
    private interface Chunks extends AutoCloseable {
        void write(long from, int count, ChunkFileWriter writer);

        @Override
        void close();
    }

    private Chunks chunks(StoreNode.Array array) {
        return switch (elements.source(array.path())) {
            case ArraySource.OfNumbers numbers ->
                new NumberChunks(numbers.values(), array.layout().chunkElements());
            case ArraySource.OfTexts texts ->
                new Chunks() {
                    @Override
                    public void write(long from, int count, ChunkFileWriter writer) {
                        writer.texts(texts.values().read(from, count));
                    }

                    @Override
                    public void close() {}
                };
            case ArraySource.OfRecords records -> {
                RecordRows rows = new RecordRows(array.path(), records.rows(), array.layout());
                yield new Chunks() {
                    @Override
                    public void write(long from, int count, ChunkFileWriter writer) {
                        rows.write(from, count, writer);
                    }

                    @Override
                    public void close() {}
                };
            }
            case ArraySource.OfNothing nothing ->
                new Chunks() {
                    @Override
                    public void write(long from, int count, ChunkFileWriter writer) {
                        writer.chunk(new int[count], 0, count);
                    }

                    @Override
                    public void close() {}
                };
        };
    }

    private static final class NumberChunks implements Chunks {
        private final NumberArray.Reader reader;
        private final ValueBuffer values;

        NumberChunks(NumberArray array, int chunk) {
            this.reader = array.open();
            this.values = new ValueBuffer(array.type().delivered(), chunk);
        }

        @Override
        public void write(long from, int count, ChunkFileWriter writer) {
            reader.read(from, count, values);
            if (values.type().bytes() == Integer.BYTES) {
                writer.chunk(values.four(), 0, count);
            } else {
                writer.chunk(values.eight(), 0, count);
            }
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
