package io.cellferry.dataset.hdf5.index;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import org.jspecify.annotations.Nullable;

/// Address, stored size and filter mask of every chunk, by its number in the [ChunkGrid].
///
/// 16 bytes a stored chunk, in pages of 4,096 that are only made where chunks are stored: 90 MiB for the 5.6 million
/// chunks of a large matrix written in tiny chunks. Constant once built and safe for several threads; whoever builds it
/// hands it on only then.
public final class ChunkIndex {

    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;

    private final FileBytes bytes;
    private final ChunkGrid grid;
    private final boolean filtered;
    private final long chunks;
    private final @Nullable Page[] pages;
    private long storedChunks;
    private long storedBytes;

    private static final class Page {
        private final long[] addresses = new long[PAGE];
        private final int[] sizes = new int[PAGE];
        private final int[] masks = new int[PAGE];

        Page() {
            java.util.Arrays.fill(addresses, FileBytes.NOWHERE);
        }
    }

    ChunkIndex(FileBytes bytes, ChunkGrid grid, boolean filtered) {
        this.bytes = bytes;
        this.grid = grid;
        this.filtered = filtered;
        this.chunks = grid.chunks();
        this.pages = new Page[Math.toIntExact(Math.ceilDiv(chunks, PAGE))];
    }

    /// Notes a stored chunk after checking that it can be one.
    void put(long number, long address, long storedSize, int mask) {
        if (number < 0 || number >= chunks) {
            throw new Malformed("a chunk outside of the data set's extent, at address %,d".formatted(address));
        }
        long most = filtered ? mostStoredBytes(grid.chunkBytes()) : grid.chunkBytes();
        if (storedSize <= 0 || storedSize > most || (!filtered && storedSize != most)) {
            throw new Malformed("chunk %,d is stored in %,d bytes where a decoded chunk has %,d"
                    .formatted(number, storedSize, grid.chunkBytes()));
        }
        bytes.check(address, storedSize);
        int pageNumber = (int) (number >>> PAGE_BITS);
        Page page = pages[pageNumber];
        if (page == null) {
            page = new Page();
            pages[pageNumber] = page;
        }
        int inPage = (int) (number & (PAGE - 1));
        if (page.addresses[inPage] != FileBytes.NOWHERE) {
            throw new Malformed("chunk %,d is stored twice".formatted(number));
        }
        page.addresses[inPage] = address;
        page.sizes[inPage] = (int) storedSize;
        page.masks[inPage] = mask;
        storedChunks++;
        storedBytes += storedSize;
    }

    /// The worst that filters do to incompressible data: an eighth for LZF and LZ4 blocks, and headers.
    private static long mostStoredBytes(long chunkBytes) {
        return Math.min(0xFFFF_FFFFL, chunkBytes + (chunkBytes >>> 3) + 65_536);
    }

    public ChunkGrid grid() {
        return grid;
    }

    /// Where the chunk lies, [FileBytes#NOWHERE] when it was never written and holds fill values.
    public long address(long number) {
        Page page = pages[(int) (number >>> PAGE_BITS)];
        return page == null ? FileBytes.NOWHERE : page.addresses[(int) (number & (PAGE - 1))];
    }

    /// Bytes of the stored chunk; up to 4 GiB, so this is wider than what is kept.
    public long storedSize(long number) {
        return Integer.toUnsignedLong(page(number).sizes[(int) (number & (PAGE - 1))]);
    }

    /// Bit `i` set: filter `i` was left out when this chunk was written.
    public int mask(long number) {
        return page(number).masks[(int) (number & (PAGE - 1))];
    }

    private Page page(long number) {
        Page page = pages[(int) (number >>> PAGE_BITS)];
        if (page == null) {
            throw new IllegalStateException("chunk %,d is not stored".formatted(number));
        }
        return page;
    }

    public long storedChunks() {
        return storedChunks;
    }

    public long storedBytes() {
        return storedBytes;
    }
}
