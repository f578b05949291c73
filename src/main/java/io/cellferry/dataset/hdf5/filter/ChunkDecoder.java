package io.cellferry.dataset.hdf5.filter;

import io.cellferry.codec.Decoder;
import io.cellferry.codec.Malformed;
import java.util.List;

/// Decodes whole chunks of one data set. Used by one thread; owns two buffers of about a chunk each when there is more
/// than one filter.
public final class ChunkDecoder implements AutoCloseable {

    private final List<Decoder> codecs;
    private final int chunkBytes;
    private final int roomBytes;
    private byte[] front = new byte[0];
    private byte[] back = new byte[0];

    public ChunkDecoder(Filters filters, int chunkBytes) {
        this.codecs = filters.filters().stream().map(filters::codec).toList();
        this.chunkBytes = chunkBytes;
        this.roomBytes = Math.toIntExact(Math.min(Integer.MAX_VALUE - 16L, roomBytes(chunkBytes)));
    }

    /// Between two filters a chunk may be a little larger than decoded: checksums, and incompressible blocks.
    private static long roomBytes(long chunkBytes) {
        return chunkBytes + (chunkBytes >>> 3) + 65_536;
    }

    /// The most heap that decoding takes: a buffer between two filters each, two at most, and about a chunk in a codec.
    public static long heapBytes(Filters filters, long chunkBytes) {
        int between = Math.clamp(filters.filters().size() - 1, 0, 2);
        return chunkBytes + between * roomBytes(chunkBytes);
    }

    /// Decodes `stored[start, start + count)` into `target[0, chunkBytes)`. Bit `i` of `mask` says that filter `i`
    /// was left out.
    public void decode(byte[] stored, int start, int count, int mask, byte[] target) {
        byte[] from = stored;
        int at = start;
        int available = count;
        int first = firstApplied(mask);
        for (int stage = codecs.size() - 1; stage >= first && stage >= 0; stage--) {
            if (isLeftOut(mask, stage)) {
                continue;
            }
            boolean last = stage == first;
            byte[] to = last ? target : other(from);
            available = codecs.get(stage).decode(from, at, available, to, last ? chunkBytes : roomBytes);
            from = to;
            at = 0;
        }
        if (available != chunkBytes) {
            throw new Malformed("a chunk decodes to %,d bytes instead of %,d".formatted(available, chunkBytes));
        }
        if (from == stored) {
            System.arraycopy(stored, start, target, 0, chunkBytes);
        }
    }

    private int firstApplied(int mask) {
        for (int stage = 0; stage < codecs.size(); stage++) {
            if (!isLeftOut(mask, stage)) {
                return stage;
            }
        }
        return codecs.size();
    }

    private static boolean isLeftOut(int mask, int stage) {
        return stage < 32 && (mask >>> stage & 1) != 0;
    }

    private byte[] other(byte[] from) {
        if (front.length == 0) {
            front = new byte[roomBytes];
        }
        if (from != front) {
            return front;
        }
        if (back.length == 0) {
            back = new byte[roomBytes];
        }
        return back;
    }

    @Override
    public void close() {
        codecs.forEach(Decoder::close);
    }
}
