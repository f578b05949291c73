package io.cellferry.zarr;

import io.cellferry.codec.BloscEncoder;
import io.cellferry.codec.Encoder;
import io.cellferry.storage.StagedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Writes the files of one array: a chunk each, or a shard of chunks with its index at the end.
///
/// Chunks of a file come in C order, each by one call; what a chunk lacks at its end is filled up, because a chunk is
/// stored at full size always. One thread, one file at a time. Holds one encoded chunk, and one as bytes where values
/// have to be narrowed or the compressor does not take numbers.
public final class ChunkFileWriter implements AutoCloseable {

    private static final int INDEX_ENTRY = 2 * Long.BYTES;
    private static final int CHECKSUM = 4;
    /// Beside offset and length: not written.
    private static final long ABSENT = -1;

    private final ArrayLayout layout;
    private final int elements;
    private final Optional<Encoder> encoder;
    private final ByteBuffer index;
    private byte[] plain = new byte[0];
    private byte[] encoded = new byte[0];
    private @Nullable StagedFile file;
    private int chunks;

    public ChunkFileWriter(ArrayLayout layout) {
        this.layout = layout;
        this.elements = layout.chunkElements();
        this.encoder = layout.compression().encoder(layout.wordBytes(), layout.level());
        this.index = ByteBuffer.allocate(
                        layout.hasShards() ? Math.multiplyExact(layout.chunksInFile(), INDEX_ENTRY) + CHECKSUM : 0)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /// For texts: beside what the texts themselves take.
    static long heapBytes(ArrayLayout layout) {
        long chunk = (long) layout.chunkElements() * Math.max(1, layout.elementBytes());
        long encoded = chunk + (chunk >>> 6) + (4L << 20);
        return chunk + encoded + (long) layout.chunksInFile() * INDEX_ENTRY;
    }

    /// Begins a file; the caller closes it.
    public void begin(StagedFile next) {
        file = next;
        chunks = 0;
        index.clear();
    }

    /// The next chunk: `values[from, from + count)` as raw bits of four bytes, or of less where the type is narrower;
    /// a value that does not fit is a defect of the caller.
    public void chunk(int[] values, int from, int count) {
        if (count == elements
                && layout.type().bytes() == Integer.BYTES
                && encoder.orElse(null) instanceof BloscEncoder blosc) {
            room(blosc.mostBytes(count * Integer.BYTES));
            write(encoded, blosc.encode(values, from, count, encoded, 0));
            return;
        }
        ByteBuffer bytes = plainChunk();
        switch (layout.type()) {
            case INT32, UINT32, FLOAT32 -> bytes.asIntBuffer().put(values, from, count);
            case BOOL, INT8, INT16, UINT8, UINT16, FLOAT16 -> Narrowing.put(layout.type(), values, from, count, bytes);
            case INT64, UINT64, FLOAT64, TEXT, ROW -> throw wrongType("values of four bytes");
        }
        plain();
    }

    /// The next chunk: `values[from, from + count)` as raw bits of eight bytes.
    public void chunk(long[] values, int from, int count) {
        if (layout.type().bytes() != Long.BYTES) {
            throw wrongType("values of eight bytes");
        }
        if (count == elements && encoder.orElse(null) instanceof BloscEncoder blosc) {
            room(blosc.mostBytes(Math.multiplyExact(count, Long.BYTES)));
            write(encoded, blosc.encode(values, from, count, encoded, 0));
            return;
        }
        plainChunk().asLongBuffer().put(values, from, count);
        plain();
    }

    /// The next chunk as it lies in memory: all of its elements, little-endian, from the start of `bytes`.
    public void chunk(byte[] bytes) {
        encode(bytes, elements * layout.elementBytes());
    }

    /// The next chunk of texts.
    public void texts(List<String> texts) {
        if (layout.type() != ZarrType.TEXT) {
            throw wrongType("texts");
        }
        List<byte[]> words = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        // The number of texts, then each with its length; a chunk is always full.
        long bytes = Integer.BYTES + (long) elements * Integer.BYTES;
        for (byte[] word : words) {
            bytes += word.length;
        }
        if (bytes > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    "%,d texts of %,d bytes are too much for a chunk".formatted(texts.size(), bytes));
        }
        ByteBuffer chunk = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        chunk.putInt(elements);
        for (byte[] word : words) {
            chunk.putInt(word.length).put(word);
        }
        encode(chunk.array(), chunk.capacity());
    }

    /// The next chunk holds nothing but the fill value and is left out of its shard.
    public void absent() {
        if (!layout.hasShards()) {
            throw new IllegalStateException("without shards a chunk is absent when its file is");
        }
        index.putLong(ABSENT).putLong(ABSENT);
        chunks++;
    }

    /// Ends the file, with the index of a shard. Chunks that never came are absent.
    public void finish() {
        StagedFile open = open();
        if (layout.hasShards()) {
            while (chunks < layout.chunksInFile()) {
                absent();
            }
            CRC32C checksum = new CRC32C();
            checksum.update(index.array(), 0, index.position());
            index.putInt((int) checksum.getValue());
            open.write(index.array(), 0, index.position());
        } else if (chunks != 1) {
            throw new IllegalStateException("a file of %d chunks".formatted(chunks));
        }
        open.finish();
        file = null;
    }

    private ByteBuffer plainChunk() {
        int bytes = elements * layout.elementBytes();
        if (plain.length == 0) {
            plain = new byte[bytes];
        } else {
            Arrays.fill(plain, (byte) 0);
        }
        return ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void plain() {
        encode(plain, plain.length);
    }

    private void encode(byte[] bytes, int count) {
        if (encoder.isEmpty()) {
            write(bytes, count);
            return;
        }
        room(encoder.get().mostBytes(count));
        write(encoded, encoder.get().encode(bytes, 0, count, encoded, 0));
    }

    private void room(int bytes) {
        if (encoded.length < bytes) {
            encoded = new byte[0];
            encoded = new byte[bytes];
        }
    }

    private void write(byte[] bytes, int count) {
        StagedFile open = open();
        if (chunks == layout.chunksInFile()) {
            throw new IllegalStateException("a file holds %,d chunks".formatted(layout.chunksInFile()));
        }
        if (layout.hasShards()) {
            index.putLong(open.size()).putLong(count);
        }
        open.write(bytes, 0, count);
        chunks++;
    }

    private StagedFile open() {
        StagedFile open = file;
        if (open == null) {
            throw new IllegalStateException("no file was begun");
        }
        return open;
    }

    private IllegalArgumentException wrongType(String given) {
        return new IllegalArgumentException(
                "%s for an array of %s".formatted(given, layout.type().word()));
    }

    @Override
    public void close() {
        encoder.ifPresent(Encoder::close);
    }
}
