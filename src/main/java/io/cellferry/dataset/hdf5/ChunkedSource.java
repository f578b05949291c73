package io.cellferry.dataset.hdf5;

import io.cellferry.dataset.chunks.ChunkWalk;
import io.cellferry.dataset.hdf5.index.ChunkGrid;

/// Elements in chunks of any rank. Consecutive ranges decode each chunk once as long as a band of chunks side by side
/// fits into what [ChunkBytes] keeps.
final class ChunkedSource implements ElementSource {

    private final ChunkWalk walk;
    private final ChunkBytes chunks;

    ChunkedSource(ChunkGrid grid, ChunkBytes chunks) {
        this.walk = new ChunkWalk(grid.shape(), grid.chunk());
        this.chunks = chunks;
    }

    @Override
    public void read(long from, int count, Sink sink) {
        if (count == 0) {
            return;
        }
        chunks.expect(walk.chunks(from, count));
        walk.visit(from, count, (chunk, lines) -> chunks.take(chunk, lines, sink));
    }

    @Override
    public void close() {
        chunks.close();
    }
}
