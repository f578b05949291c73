package io.cellferry.image.ometiff;

import io.cellferry.failure.InputRefused;
import io.cellferry.image.BlockGrid;
import java.nio.file.Path;

/// What a plane reader holds at most, and how many decoded blocks that allows.
record ReaderMemory(int keptBlocks, long bytes) {

    /// The table of LZW, the row of a predictor, the thread's direct buffer and odds and ends.
    private static final long FIXED_BYTES = 2 << 20;

    /// Finding a block means looking through the kept ones, which stays small beside copying one.
    private static final int MOST_KEPT = 1024;

    /// What keeping so many blocks takes.
    static long keeping(int blocks, PlaneLayout layout, long storedBytes) {
        long kept = Math.clamp(blocks, 1, Math.min(MOST_KEPT, layout.blocks().count()));
        return besides(layout, storedBytes) + kept * (layout.blockBytes() + (long) BlockReader.SLACK_BYTES);
    }

    private static long besides(PlaneLayout layout, long storedBytes) {
        return FIXED_BYTES
                + (long) BlockTable.BYTES_PER_BLOCK * layout.storedBlocks()
                + storedBytes
                + layout.compression().workingBytes() * (long) layout.blockBytes();
    }

    /// As many blocks as `mostBytes` allow; refuses if not even one does.
    static ReaderMemory within(long mostBytes, Path file, PlaneLayout layout, long storedBytes) {
        long blockBytes = layout.blockBytes() + (long) BlockReader.SLACK_BYTES;
        long besides = besides(layout, storedBytes);
        long fitting = (mostBytes - besides) / blockBytes;
        if (mostBytes < besides + blockBytes) {
            BlockGrid blocks = layout.blocks();
            throw new InputRefused(
                    "%s: directory %d is stored in %s of %,d x %,d pixels; reading one takes %,d MiB, %,d MiB are allowed."
                            .formatted(
                                    file,
                                    layout.directory(),
                                    layout.isTiled() ? "tiles" : "strips",
                                    blocks.blockWidth(),
                                    blocks.blockHeight(),
                                    (besides + blockBytes >> 20) + 1,
                                    mostBytes >> 20),
                    "Give the run more memory, or write the file again in tiles of 512 or 1024 pixels.");
        }
        int kept = (int) Math.min(Math.min(fitting, MOST_KEPT), layout.blocks().count());
        return new ReaderMemory(kept, besides + kept * blockBytes);
    }
}
