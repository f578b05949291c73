package io.cellferry.jobs.omezarrpyramid;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.image.BlockGrid;
import org.junit.jupiter.api.Test;

/// What is kept of a scan while it is compared: a row of chunks, within 64 MiB whatever the scan is stored in.
class PyramidMemoryTest {

    @Test
    void aRowOfChunksIsKeptWhileItIsCompared() {
        // 16 tiles across; 1,024 rows that do not begin at a tile's edge touch four rows of 512.
        assertThat(PyramidMemory.comparedBlocks(1024, new BlockGrid(8192, 8192, 512, 512), 2))
                .isEqualTo(16 * 4);
        // There are no more rows than the image has.
        assertThat(PyramidMemory.comparedBlocks(1024, new BlockGrid(8192, 600, 512, 512), 2))
                .isEqualTo(16 * 2);
    }

    @Test
    void moreThanTheBoundIsRatherDecodedTwice() {
        // Strips of 16 x 60,000 pixels of two bytes: 34 of 1,920,000 bytes are the last to fit into 64 MiB.
        assertThat(PyramidMemory.comparedBlocks(1024, new BlockGrid(60_000, 50_000, 60_000, 16), 2))
                .isEqualTo(34);
    }

    @Test
    void oneBlockIsKeptHoweverLargeItIs() {
        assertThat(PyramidMemory.comparedBlocks(1024, new BlockGrid(8192, 8192, 8192, 8192), 2))
                .isEqualTo(1);
    }
}
