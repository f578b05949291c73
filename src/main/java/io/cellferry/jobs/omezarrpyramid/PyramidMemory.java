package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.image.BlockGrid;
import io.cellferry.omezarr.Pass;
import io.cellferry.omezarr.PyramidLayout;
import io.cellferry.omezarr.SuperblockWriter;
import java.util.List;

/// How much memory one worker of each step needs at most, whatever the size of the planes.
final class PyramidMemory {

    /// The file in hand, its journal record, and slack.
    private static final long BUFFERS = 4L << 20;
    /// Metadata of a region: one window's counts, and documents that grow with channels.
    private static final long METADATA = 4L << 20;
    private static final long PER_CHANNEL = 16L << 10;
    /// Beyond this a block is rather decoded twice.
    private static final long MOST_KEPT_BYTES = 64L << 20;

    private PyramidMemory() {}

    /// Decoded blocks to keep so that chunks, which are read row by row of a superblock, decode each block once.
    static int keptBlocks(PyramidLayout layout, BlockGrid blocks) {
        Pass pass = layout.passes().getFirst();
        int chunk = layout.chunk();
        boolean fits = chunk % blocks.blockHeight() == 0 && (pass.wholeRows() || chunk % blocks.blockWidth() == 0);
        if (fits || pass.wholeRows()) {
            return 1;
        }
        long across = Math.min(blocks.columns(), pass.unitWidth() / blocks.blockWidth() + 2L);
        long down = Math.min(blocks.rows(), chunk / blocks.blockHeight() + 2L);
        long blockBytes = (long) blocks.blockWidth() * blocks.blockHeight() * layout.pixelBytes();
        return mostKept(across * down, blockBytes);
    }

    /// Decoded blocks to keep so that chunks `chunkRows` high, which are compared from left to right, decode each block
    /// once: those of one row of chunks.
    static int comparedBlocks(int chunkRows, BlockGrid blocks, int pixelBytes) {
        long down = Math.min(blocks.rows(), chunkRows / blocks.blockHeight() + 2L);
        return mostKept(blocks.columns() * down, (long) blocks.blockWidth() * blocks.blockHeight() * pixelBytes);
    }

    private static int mostKept(long wanted, long blockBytes) {
        return (int) Math.clamp(wanted, 1, Math.max(1, MOST_KEPT_BYTES / blockBytes));
    }

    static long pixels(PyramidPlan.Region region, PyramidPlan.Channel channel) {
        Pass first = region.layout().passes().getFirst();
        return SuperblockWriter.heapBytes(region.layout(), first) + channel.readerBytes() + BUFFERS;
    }

    /// The most that any superblock of the first pass needs, whatever its region.
    static long pixels(List<PyramidPlan.Region> regions) {
        long most = 0;
        for (PyramidPlan.Region region : regions) {
            for (PyramidPlan.Channel channel : region.channels()) {
                most = Math.max(most, pixels(region, channel));
            }
        }
        return most;
    }

    static long reductions(PyramidPlan.Region region) {
        long most = 0;
        for (Pass pass : region.layout().passes()) {
            if (pass.number() > 0) {
                most = Math.max(most, SuperblockWriter.heapBytes(region.layout(), pass));
            }
        }
        long piece = (long) region.layout().chunk()
                * region.layout().chunk()
                * region.layout().pixelBytes()
                / 4;
        return most + piece + BUFFERS;
    }

    static long metadata(PyramidPlan.Region region) {
        return METADATA + PER_CHANNEL * region.channels().size();
    }

    /// The most that one worker of any step needs.
    static long worker(PyramidPlan plan) {
        long most = pixels(plan.regions());
        for (PyramidPlan.Region region : plan.regions()) {
            most = Math.max(most, Math.max(reductions(region), metadata(region)));
        }
        return most;
    }
}
