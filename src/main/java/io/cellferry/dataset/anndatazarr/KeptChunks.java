package io.cellferry.dataset.anndatazarr;

import io.cellferry.failure.InputRefused;
import io.cellferry.zarr.ChunkReader;
import io.cellferry.zarr.StoredArray;
import io.cellferry.zarr.ZarrNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// The chunks of one array that were decoded last: as many as lie side by side in one band of rows if these take at
/// most 64 MiB, else one. Of texts, always one.
///
/// Chunks are numbered row by row over the grid. Used by one thread.
final class KeptChunks implements AutoCloseable {

    private static final long MOST_BAND_BYTES = 64L << 20;

    /// What a kept chunk takes beside its bytes: array header, number, entry of the map.
    private static final int KEEPING_BYTES = 128;

    private final ZarrTree tree;
    private final ZarrNode.Array node;
    private final StoredArray array;
    private final ChunkReader reader;
    private final int most;
    private final Map<Long, byte[]> chunks;
    private long textChunk = -1;
    private List<String> texts = List.of();

    KeptChunks(ZarrTree tree, ZarrNode.Array node) {
        this.tree = tree;
        this.node = node;
        this.array = node.array();
        this.reader = new ChunkReader(tree.hierarchy().store(), node);
        this.most = most(array);
        this.chunks = new LinkedHashMap<>(most, 0.75f, true);
    }

    static long heapBytes(StoredArray array) {
        return (long) most(array) * ((long) array.chunkBytes() + KEEPING_BYTES) + ChunkReader.heapBytes(array);
    }

    /// Whether all chunks side by side are kept, so that rows in order decode each once.
    static boolean keepsBand(StoredArray array) {
        return sideBySide(array).isPresent();
    }

    private static int most(StoredArray array) {
        return sideBySide(array).orElse(1);
    }

    /// Empty when they are too many.
    private static OptionalInt sideBySide(StoredArray array) {
        long room = MOST_BAND_BYTES / ((long) array.chunkBytes() + KEEPING_BYTES);
        long sideBySide = 1;
        for (int dimension = 1; dimension < array.shape().size(); dimension++) {
            long across = across(array, dimension);
            if (across > room / sideBySide) {
                return OptionalInt.empty();
            }
            sideBySide *= Math.max(1, across);
        }
        return OptionalInt.of((int) sideBySide);
    }

    private static long across(StoredArray array, int dimension) {
        return Math.ceilDiv(array.shape().get(dimension), array.chunk().get(dimension));
    }

    /// The decoded bytes of a chunk, over its full extent; lent until the next chunk is asked for.
    byte[] bytes(long chunk) {
        byte[] known = chunks.get(chunk);
        if (known != null) {
            return known;
        }
        try {
            byte[] room = chunks.size() < most ? new byte[array.chunkBytes()] : takeOldest();
            reader.read(place(chunk), room);
            chunks.put(chunk, room);
            return room;
        } catch (OutOfMemoryError e) {
            throw tooLarge("chunks of %,d bytes each".formatted(array.chunkBytes()), e);
        }
    }

    private byte[] takeOldest() {
        var entries = chunks.values().iterator();
        byte[] oldest = entries.next();
        entries.remove();
        return oldest;
    }

    /// The texts of a chunk, without those at its end that nobody wrote.
    List<String> texts(long chunk) {
        if (chunk != textChunk) {
            try {
                texts = List.of();
                texts = reader.texts(place(chunk));
                textChunk = chunk;
            } catch (OutOfMemoryError e) {
                throw tooLarge("chunks of many or long texts", e);
            }
        }
        return texts;
    }

    /// Where a chunk lies in the grid.
    private long[] place(long chunk) {
        long[] place = new long[array.shape().size()];
        long rest = chunk;
        for (int dimension = place.length - 1; dimension >= 0; dimension--) {
            long across = across(array, dimension);
            place[dimension] = rest % across;
            rest /= across;
        }
        return place;
    }

    /// Chunks are decoded whole, whatever part of them the array has or is asked for. A plan counts those of matrices
    /// and of everything carried over; annotations are read where nobody has planned yet.
    private InputRefused tooLarge(String chunks, OutOfMemoryError cause) {
        return new InputRefused(
                "%s: /%s is stored in %s; decoding one needs more memory than there is."
                        .formatted(tree.path(), node.path(), chunks),
                "Give the run more --memory, or write the store again with smaller chunks.",
                cause);
    }

    @Override
    public void close() {
        reader.close();
    }
}
