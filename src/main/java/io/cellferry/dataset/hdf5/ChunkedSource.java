package io.cellferry.dataset.hdf5;

import io.cellferry.dataset.hdf5.index.ChunkGrid;

/// Elements in chunks of any rank. Consecutive ranges decode each chunk once as long as a band of chunks side by side
/// fits into what [ChunkBytes] keeps.
final class ChunkedSource implements ElementSource {

    private final ChunkGrid grid;
    private final ChunkBytes chunks;
    private final long[] rowSizes;
    private final long[] position;
    private final long[] origin;
    private final int last;
    private final long chunksInBand;

    ChunkedSource(ChunkGrid grid, ChunkBytes chunks) {
        this.grid = grid;
        this.chunks = chunks;
        this.last = grid.rank() - 1;
        this.position = new long[grid.rank()];
        this.origin = new long[grid.rank()];
        this.rowSizes = new long[grid.rank()];
        this.chunksInBand = grid.chunksInBand();
        long size = 1;
        for (int dimension = last; dimension >= 0; dimension--) {
            rowSizes[dimension] = size;
            size *= grid.shape()[dimension];
        }
    }

    @Override
    public void read(long from, int count, Sink sink) {
        if (count == 0) {
            return;
        }
        long firstRow = from / rowSizes[0];
        long lastRow = (from + count - 1) / rowSizes[0];
        java.util.Arrays.fill(position, 0);
        position[0] = firstRow / grid.chunk()[0];
        long lastBand = lastRow / grid.chunk()[0];
        chunks.expect((lastBand - position[0] + 1) * chunksInBand);
        do {
            chunk(from, count, sink);
        } while (nextChunk(lastBand));
    }

    private boolean nextChunk(long lastBand) {
        for (int dimension = last; dimension >= 0; dimension--) {
            position[dimension]++;
            if (position[dimension] < (dimension == 0 ? lastBand + 1 : grid.across(dimension))) {
                return true;
            }
            if (dimension > 0) {
                position[dimension] = 0;
            }
        }
        return false;
    }

    /// Hands on the lines of one chunk (its runs along the last dimension) that lie in the range; touches the chunk
    /// only if there is one.
    private void chunk(long from, int count, Sink sink) {
        long number = grid.number(position);
        for (int dimension = 0; dimension <= last; dimension++) {
            origin[dimension] = position[dimension] * grid.chunk()[dimension];
        }
        long lineStart = 0;
        for (int dimension = 0; dimension <= last; dimension++) {
            lineStart += origin[dimension] * rowSizes[dimension];
        }
        lines(0, number, lineStart, 0, from, count, sink);
    }

    /// `start` is the element where the part of the chunk at hand begins, `inChunk` the same within the chunk.
    private void lines(int dimension, long number, long start, long inChunk, long from, int count, Sink sink) {
        long extent = Math.min(grid.chunk()[dimension], grid.shape()[dimension] - origin[dimension]);
        if (dimension == last) {
            long first = Math.max(start, from);
            long end = Math.min(start + extent, from + count);
            if (first < end) {
                int place = (int) (first - from);
                chunks.take(number, inChunk + first - start, (int) (end - first), place, sink);
            }
            return;
        }
        long inner = 1;
        for (int fast = dimension + 1; fast <= last; fast++) {
            inner *= grid.chunk()[fast];
        }
        long size = rowSizes[dimension];
        // Rows that end before the range or begin after it need no visit.
        long skipped = Math.max(0, (from - start) / size - 1);
        for (long row = skipped; row < extent && start + row * size < from + count; row++) {
            lines(dimension + 1, number, start + row * size, inChunk + row * inner, from, count, sink);
        }
    }

    @Override
    public void close() {
        chunks.close();
    }
}
