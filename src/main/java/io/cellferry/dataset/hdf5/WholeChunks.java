package io.cellferry.dataset.hdf5;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.chunks.Lines;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import io.cellferry.dataset.hdf5.filter.ChunkDecoder;
import io.cellferry.dataset.hdf5.filter.Filters;
import io.cellferry.dataset.hdf5.index.ChunkGrid;
import io.cellferry.dataset.hdf5.index.ChunkIndex;
import java.util.LinkedHashMap;
import java.util.Map;

/// Chunks decoded whole, the last ones kept.
///
/// Holds at least one decoded chunk and at most [#MOST_KEPT_BYTES] or one band of a two-dimensional matrix, whichever
/// is less; one stored chunk; and what the decoder holds. Adjacent stored chunks are read together.
final class WholeChunks implements ChunkBytes {

    private static final long MOST_KEPT_BYTES = GIANT_BYTES;

    /// Reads of one to four megabytes are the fastest.
    private static final int READ_TOGETHER_BYTES = 1 << 20;

    private final FileBytes bytes;
    private final ChunkIndex index;
    private final ChunkDecoder decoder;
    private final boolean filtered;
    private final boolean plainBorder;
    private final byte[] fill;
    private final int chunkBytes;
    private final int mostKept;
    private final Map<Long, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
    private byte[] stored = new byte[0];
    private long storedFrom;
    private int storedCount;
    private long expected = 1;

    WholeChunks(FileBytes bytes, ChunkIndex index, Filters filters, boolean plainBorder, byte[] fill) {
        this.bytes = bytes;
        this.index = index;
        this.chunkBytes = Math.toIntExact(index.grid().chunkBytes());
        this.decoder = new ChunkDecoder(filters, chunkBytes);
        this.filtered = !filters.isEmpty();
        this.plainBorder = plainBorder;
        this.fill = fill;
        this.mostKept = mostKept(index.grid());
    }

    /// A band that does not fit as a whole would push out its own beginning: then only the last chunk is of use.
    private static int mostKept(ChunkGrid grid) {
        return keepsBand(grid) ? (int) Math.max(1, grid.chunksInBand()) : 1;
    }

    /// Whether all chunks side by side are kept, so that rows in order decode each once.
    static boolean keepsBand(ChunkGrid grid) {
        return grid.chunksInBand() <= Math.max(1, MOST_KEPT_BYTES / grid.chunkBytes());
    }

    /// The most heap a cursor over such chunks takes: chunks kept, and of filtered ones a stored one and what decoding
    /// takes.
    static long heapBytes(ChunkGrid grid, Filters filters) {
        long decoding = filters.isEmpty() ? 0 : grid.chunkBytes() + ChunkDecoder.heapBytes(filters, grid.chunkBytes());
        return mostKept(grid) * grid.chunkBytes() + decoding + 2L * READ_TOGETHER_BYTES;
    }

    @Override
    public void expect(long chunks) {
        expected = chunks;
    }

    @Override
    public void take(long number, Lines lines, ElementSource.Sink sink) {
        sink.take(chunk(number), lines);
    }

    private byte[] chunk(long number) {
        byte[] found = kept.get(number);
        if (found != null) {
            return found;
        }
        byte[] target = kept.size() < mostKept ? new byte[chunkBytes] : takeOldest();
        read(number, target);
        kept.put(number, target);
        return target;
    }

    private byte[] takeOldest() {
        Map.Entry<Long, byte[]> oldest = kept.entrySet().iterator().next();
        byte[] target = oldest.getValue();
        kept.remove(oldest.getKey());
        return target;
    }

    private void read(long number, byte[] target) {
        long address = index.address(number);
        if (address == FileBytes.NOWHERE) {
            for (int at = 0; at < chunkBytes; at += fill.length) {
                System.arraycopy(fill, 0, target, at, fill.length);
            }
            return;
        }
        int size = Math.toIntExact(index.storedSize(number));
        if (!filtered || (plainBorder && isAtBorder(number))) {
            if (size != chunkBytes) {
                throw new Malformed(
                        "chunk %,d is stored in %,d bytes instead of %,d".formatted(number, size, chunkBytes));
            }
            bytes.read(address, target, 0, size);
            return;
        }
        load(number, address, size);
        try {
            decoder.decode(stored, (int) (address - storedFrom), size, index.mask(number), target);
        } catch (Malformed e) {
            throw new Malformed("chunk %,d at address %,d: %s".formatted(number, address, e.getMessage()), e);
        }
    }

    private void load(long number, long address, int size) {
        if (address >= storedFrom && address + size <= storedFrom + storedCount) {
            return;
        }
        int together = size;
        long chunks = index.grid().chunks();
        for (long next = number + 1; next < chunks && next - number < expected; next++) {
            if (index.address(next) != address + together) {
                break;
            }
            long more = index.storedSize(next);
            if (together + more > READ_TOGETHER_BYTES) {
                break;
            }
            together += (int) more;
        }
        if (stored.length < together) {
            stored = new byte[together];
        }
        storedCount = 0;
        bytes.read(address, stored, 0, together);
        storedFrom = address;
        storedCount = together;
    }

    private boolean isAtBorder(long number) {
        long rest = number;
        for (int dimension = index.grid().rank() - 1; dimension >= 0; dimension--) {
            long across = index.grid().across(dimension);
            long at = rest % across;
            rest /= across;
            if ((at + 1) * index.grid().chunk()[dimension] > index.grid().shape()[dimension]) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
