package io.cellferry.zarr;

import io.cellferry.codec.Malformed;
import io.cellferry.failure.InputRefused;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/// Where the chunks of one array lie: a file each, or inside a shard, which says so in its index. One thread.
///
/// Memory: the index of the shard that was asked for last.
final class ChunkPlaces {

    private static final int INDEX_ENTRY = Shards.INDEX_ENTRY_BYTES;

    /// Some codecs make more of what cannot be compressed, a little more of much.
    private static final int MOST_ADDED_BYTES = 1 << 20;

    private static final long MOST_IN_AN_ARRAY = Integer.MAX_VALUE - 8;

    private final ZarrStore store;
    private final String path;
    private final StoredArray array;
    private String shard = "";
    private byte[] shardIndex = new byte[0];

    ChunkPlaces(ZarrStore store, ZarrNode.Array node) {
        this.store = store;
        this.path = node.path();
        this.array = node.array();
    }

    static long heapBytes(StoredArray array) {
        return array.shards().isPresent() ? chunksInShard(array) * INDEX_ENTRY : 0;
    }

    private static long chunksInShard(StoredArray array) {
        long chunks = 1;
        for (int dimension = 0; dimension < array.chunk().size(); dimension++) {
            chunks *= array.file().get(dimension) / array.chunk().get(dimension);
        }
        return chunks;
    }

    /// A chunk: `count` bytes from `at` on in the file `key`; a count of -1 says nowhere.
    record Found(String key, long at, int count) {
        boolean isAbsent() {
            return count < 0;
        }
    }

    /// The chunk at `place`, in chunks, not files.
    Found find(long[] place) {
        if (array.shards().isEmpty()) {
            String key = key(place);
            OptionalLong length = store.length(key);
            return new Found(key, 0, length.isEmpty() ? -1 : small(key, length.getAsLong()));
        }
        long[] file = new long[place.length];
        int inner = 0;
        for (int dimension = 0; dimension < place.length; dimension++) {
            int chunks = array.file().get(dimension) / array.chunk().get(dimension);
            file[dimension] = place[dimension] / chunks;
            inner = inner * chunks + (int) (place[dimension] % chunks);
        }
        String key = key(file);
        if (!shard.equals(key)) {
            shardIndex = shardIndex(key);
            shard = key;
        }
        if (shardIndex.length == 0) {
            return new Found(key, 0, -1);
        }
        ByteBuffer index = ByteBuffer.wrap(shardIndex).order(ByteOrder.LITTLE_ENDIAN);
        long at = index.getLong(inner * INDEX_ENTRY);
        long count = index.getLong(inner * INDEX_ENTRY + Long.BYTES);
        if (at == -1 && count == -1) {
            return new Found(key, 0, -1);
        }
        long length = store.length(key).orElse(0);
        if (at < 0 || count < 0 || count > length || at > length - count) {
            throw refused(
                    new Found(key, at, 0),
                    new Malformed("its index leads to %,d bytes behind the end of the shard".formatted(count)));
        }
        return new Found(key, at, small(key, count));
    }

    private String key(long[] file) {
        return path.isEmpty() ? array.fileName(file) : path + "/" + array.fileName(file);
    }

    private byte[] shardIndex(String key) {
        OptionalLong length = store.length(key);
        if (length.isEmpty()) {
            return new byte[0];
        }
        StoredArray.ShardIndex kind = array.shards().orElseThrow();
        long bytes = chunksInShard(array) * INDEX_ENTRY + (kind.checksummed() ? Integer.BYTES : 0);
        if (bytes > length.getAsLong()) {
            throw refused(
                    new Found(key, 0, 0),
                    new Malformed(
                            "it has %,d bytes, fewer than the %,d of its index".formatted(length.getAsLong(), bytes)));
        }
        byte[] index = new byte[(int) bytes];
        store.read(key, kind.atEnd() ? length.getAsLong() - bytes : 0, index, index.length);
        if (kind.checksummed()) {
            CRC32C checksum = new CRC32C();
            checksum.update(index, 0, index.length - Integer.BYTES);
            int recorded = ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN).getInt(index.length - Integer.BYTES);
            if ((int) checksum.getValue() != recorded) {
                throw refused(
                        new Found(key, 0, 0),
                        new Malformed("the checksum of its index is %08x where %08x is recorded"
                                .formatted((int) checksum.getValue(), recorded)));
            }
        }
        return index;
    }

    private int small(String key, long bytes) {
        // How long the texts of a chunk are, nothing says.
        long most = array.kind() instanceof ElementKind.Text
                ? ArrayDocuments.MOST_CHUNK_BYTES
                : Math.min(2L * array.chunkBytes() + MOST_ADDED_BYTES, MOST_IN_AN_ARRAY);
        if (bytes > most) {
            throw refused(
                    new Found(key, 0, 0),
                    new Malformed("it has %,d bytes, more than a chunk can have, which is %,d".formatted(bytes, most)));
        }
        return (int) bytes;
    }

    /// The refusal of a chunk, or of the index that leads to it.
    InputRefused refused(ChunkPlaces.Found found, Malformed why) {
        return new InputRefused(
                "%s: %s: the chunk at byte %,d is damaged: %s."
                        .formatted(store.path(), found.key, found.at, why.getMessage()),
                "Copy the store again, or write it again from its source.",
                why);
    }
}
