package io.cellferry.dataset.tiledb.filter;

import io.cellferry.codec.Malformed;
import io.cellferry.codec.Sizes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/// Undoes the filters of tiles. Used by one thread; keeps its decompressors and the buffers of one chunk.
///
/// A tile is its number of chunks (8 bytes), then for each chunk its size before filtering, its stored size, the
/// size of the filters' metadata (4 bytes each), the metadata and the stored bytes.
public final class TileDecoder implements AutoCloseable {

    /// Writers make tiles of a megabyte or so; a size beyond this is taken for damage.
    public static final int MOST_TILE_BYTES = 256 << 20;

    /// Zeros shrink a thousandfold. What announces far more than that is damage, not worth the room.
    private static final int MOST_SHRINKING = 1 << 16;

    private static final int CHUNK_HEAD = 3 * Integer.BYTES;

    private final Chunk chunk = new Chunk();
    private final PartDecoder parts = new PartDecoder();

    /// Refuses to believe that `values` of `bytesEach` are packed in `stored` bytes, before room is made for them.
    public static void requirePlausible(long values, int bytesEach, long stored) {
        if (values < 0 || values > (stored + 1) * MOST_SHRINKING / bytesEach) {
            throw new Malformed("%,d values of %d bytes are announced where %,d bytes are stored"
                    .formatted(values, bytesEach, stored));
        }
    }

    /// Decodes the tile in `stored[from, from + count)`, whose cells have `cellBytes`, into the start of `out`;
    /// exactly `expected` bytes have to come out and all stored ones to be used.
    public void decode(FilterChain chain, int cellBytes, byte[] stored, int from, int count, byte[] out, int expected) {
        ByteReader in = new ByteReader(stored, from, count);
        int chunks = in.count64(CHUNK_HEAD);
        int made = 0;
        for (int number = 0; number < chunks; number++) {
            int size = begin(in, stored);
            Sizes.check((long) made + size, expected, "decoded");
            undo(chain.filters(), cellBytes);
            if (chunk.count() != size) {
                throw new Malformed("a chunk decodes to %,d bytes instead of %,d".formatted(chunk.count(), size));
            }
            System.arraycopy(chunk.data(), chunk.from(), out, made, size);
            made += size;
        }
        if (made != expected || in.remaining() != 0) {
            throw new Malformed("a tile decodes to %,d bytes instead of %,d, with %,d stored bytes left over"
                    .formatted(made, expected, in.remaining()));
        }
    }

    /// Decodes a tile of texts that are packed with their lengths (see [FilterChain#packsTexts]).
    public TextTile decodeTexts(FilterChain chain, byte[] stored, int from, int count, int texts) {
        ByteReader in = new ByteReader(stored, from, count);
        TextTile tile = new TextTile(texts);
        int chunks = in.count64(CHUNK_HEAD);
        for (int number = 0; number < chunks; number++) {
            int size = begin(in, stored);
            List<StoredFilter> later =
                    chain.filters().subList(1, chain.filters().size());
            undo(later, 1);
            int before = tile.bytes();
            PackedTexts.unpack((StoredFilter.Compression) chain.filters().getFirst(), chunk, tile);
            if (tile.bytes() - before != size) {
                throw new Malformed(
                        "packed texts have %,d bytes instead of %,d".formatted(tile.bytes() - before, size));
            }
        }
        if (tile.texts() != texts || in.remaining() != 0) {
            throw new Malformed("a tile holds %,d texts instead of %,d, with %,d stored bytes left over"
                    .formatted(tile.texts(), texts, in.remaining()));
        }
        return tile;
    }

    private int begin(ByteReader in, byte[] stored) {
        int size = in.int32();
        int storedBytes = in.int32();
        int metadataBytes = in.int32();
        Sizes.check(size, MOST_TILE_BYTES, "decoded");
        int metadata = in.step(metadataBytes);
        chunk.start(stored, metadata, metadataBytes, in.step(storedBytes), storedBytes);
        return size;
    }

    private void undo(List<StoredFilter> filters, int cellBytes) {
        for (int i = filters.size() - 1; i >= 0; i--) {
            switch (filters.get(i)) {
                case StoredFilter.Nothing nothing -> {}
                case StoredFilter.Compression packed -> unpack(packed, cellBytes);
                case StoredFilter.BitWidth width -> Windows.widen(chunk, width.type());
                case StoredFilter.PositiveDelta delta -> Windows.addUp(chunk, delta.type());
                case StoredFilter.ByteShuffle shuffle -> Shuffles.bytes(chunk, shuffle.type());
                case StoredFilter.BitShuffle shuffle -> Shuffles.bits(chunk, shuffle.type());
                case StoredFilter.Checksum checksum -> check(checksum);
            }
        }
    }

    /// Metadata: parts of metadata, parts of data, then original and stored size of each; the stored bytes are the
    /// parts in that order. What was metadata before comes back as such.
    private void unpack(StoredFilter.Compression packed, int cellBytes) {
        ByteReader in = chunk.metadata();
        int metadataParts = in.count32(2 * Integer.BYTES);
        int dataParts = in.count32(2 * Integer.BYTES);
        int sizes = in.step(Math.multiplyExact(metadataParts + dataParts, 2 * Integer.BYTES));
        byte[] head = in.array();
        byte[] stored = chunk.data();
        int at = chunk.from();
        int end = at + chunk.count();
        for (int kind = 0; kind < 2; kind++) {
            int count = kind == 0 ? metadataParts : dataParts;
            long total = 0;
            for (int part = 0; part < count; part++) {
                int size = ByteReader.int32(head, sizes + part * 8);
                Sizes.check(size, MOST_TILE_BYTES, "decoded");
                total += size;
            }
            byte[] room = kind == 0 ? chunk.metadataRoom(total) : chunk.dataRoom(total);
            int made = 0;
            for (int part = 0; part < count; part++) {
                int size = ByteReader.int32(head, sizes);
                int storedSize = ByteReader.int32(head, sizes + Integer.BYTES);
                sizes += 2 * Integer.BYTES;
                Sizes.checkInside(at, storedSize, end);
                parts.decode(packed, cellBytes, stored, at, storedSize, room, made, size);
                at += storedSize;
                made += size;
            }
            if (kind == 0) {
                chunk.metadataAre(room, made);
            } else {
                chunk.dataAre(room, made);
            }
        }
        if (at != end) {
            throw new Malformed("%,d packed bytes are left over".formatted(end - at));
        }
    }

    /// Metadata: parts of metadata, parts of data, then for each the number of bytes it covers and its sum; behind
    /// them the metadata of earlier filters.
    private void check(StoredFilter.Checksum checksum) {
        ByteReader in = chunk.metadata();
        int entry = Long.BYTES + checksum.bytes();
        int metadataParts = in.count32(entry);
        int dataParts = in.count32(entry);
        ByteReader sums = new ByteReader(
                in.array(),
                in.step(Math.multiplyExact(metadataParts + dataParts, entry)),
                (metadataParts + dataParts) * entry);
        MessageDigest digest = digest(checksum.algorithm());
        compare(digest, checksum.bytes(), metadataParts, sums, in.array(), in.position(), in.remaining());
        compare(digest, checksum.bytes(), dataParts, sums, chunk.data(), chunk.from(), chunk.count());
    }

    private static void compare(
            MessageDigest digest, int bytes, int parts, ByteReader sums, byte[] data, int from, int count) {
        ByteReader covered = new ByteReader(data, from, count);
        for (int part = 0; part < parts; part++) {
            int size = (int) Math.min(Math.max(-1, sums.int64()), Integer.MAX_VALUE);
            byte[] recorded = sums.copy(bytes);
            digest.update(data, covered.step(size), size);
            if (!Arrays.equals(digest.digest(), recorded)) {
                throw new Malformed("its %s checksum is not the recorded one".formatted(digest.getAlgorithm()));
            }
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows " + algorithm, e);
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
