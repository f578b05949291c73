package io.cellferry.dataset.tiledb.filter;

import io.airlift.compress.v3.lz4.Lz4Decompressor;
import io.airlift.compress.v3.zstd.ZstdDecompressor;
import io.cellferry.codec.Bzip2Decoder;
import io.cellferry.codec.Lz4Block;
import io.cellferry.codec.Malformed;
import io.cellferry.codec.Sizes;
import io.cellferry.codec.ZlibDecoder;
import io.cellferry.codec.ZstdDecoder;

/// Unpacks single parts of compression filters. Used by one thread.
final class PartDecoder implements AutoCloseable {

    private final ZstdDecompressor zstd = ZstdDecompressor.create();
    private final Lz4Decompressor lz4 = Lz4Decompressor.create();
    private final ZlibDecoder zlib = new ZlibDecoder();
    private final Bzip2Decoder bzip2 = new Bzip2Decoder();
    private byte[] scratch = new byte[0];

    /// Unpacks `in[from, from + count)` to `out[to, to + size)`, all of it.
    void decode(
            StoredFilter.Compression packed,
            int cellBytes,
            byte[] in,
            int from,
            int count,
            byte[] out,
            int to,
            int size) {
        int made =
                switch (packed.packing()) {
                    case ZSTD -> ZstdDecoder.frame(zstd, in, from, count, out, to, size);
                    case LZ4 -> {
                        Lz4Block.decode(lz4, in, from, count, out, to, size);
                        yield size;
                    }
                    case GZIP -> moved(zlib.decode(in, from, count, scratch(size), size), out, to);
                    case BZIP2 -> moved(bzip2.decode(in, from, count, scratch(size), size), out, to);
                    case RUNS -> runs(cellBytes, in, from, count, out, to, size);
                    case DELTA -> Deltas.delta(packed.type(), new ByteReader(in, from, count), out, to, size);
                    case DOUBLE_DELTA ->
                        Deltas.doubleDelta(packed.type(), new ByteReader(in, from, count), out, to, size);
                    case DICTIONARY -> throw new Malformed("a dictionary packs something that is no text");
                };
        if (made != size) {
            throw new Malformed("a part decodes to %,d bytes instead of %,d".formatted(made, size));
        }
    }

    private byte[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new byte[size];
        }
        return scratch;
    }

    private int moved(int made, byte[] out, int to) {
        System.arraycopy(scratch, 0, out, to, made);
        return made;
    }

    /// Each run is a value and its length, 2 bytes, highest first.
    private static int runs(int valueBytes, byte[] in, int from, int count, byte[] out, int to, int size) {
        int runBytes = valueBytes + 2;
        if (valueBytes < 1) {
            throw new Malformed("runs of values of %d bytes".formatted(valueBytes));
        }
        if (count % runBytes != 0) {
            throw new Malformed("runs of %d bytes each cannot have %,d together".formatted(runBytes, count));
        }
        int made = 0;
        for (int at = from; at < from + count; at += runBytes) {
            int length = (in[at + valueBytes] & 255) << 8 | in[at + valueBytes + 1] & 255;
            Sizes.check((long) made + (long) length * valueBytes, size, "decoded");
            for (int i = 0; i < length; i++) {
                System.arraycopy(in, at, out, to + made, valueBytes);
                made += valueBytes;
            }
        }
        return made;
    }

    @Override
    public void close() {
        zlib.close();
    }
}
