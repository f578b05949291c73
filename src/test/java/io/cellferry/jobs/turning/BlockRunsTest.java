package io.cellferry.jobs.turning;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.jobs.Partitions.Partition;
import io.cellferry.matrix.CellRange;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Blocks are shared out among the workers there are, but not where one has to go through them in order.
class BlockRunsTest {

    private static final List<CellRange> BLOCKS = IntStream.range(0, 64)
            .mapToObj(block -> new CellRange(10 * block, 10 * block + 10))
            .toList();

    @Test
    void workersShareBlocks() {
        assertThat(sizes(true, 8)).startsWith(4, 4).endsWith(1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(sizes(true, 2)).startsWith(8, 8).endsWith(2, 1, 1, 1, 1);
    }

    @Test
    void oneWorkerGoesThroughAGiantChunk() {
        assertThat(sizes(false, 8)).containsExactly(64);
    }

    private static List<Integer> sizes(boolean randomAccess, int workers) {
        List<Partition<CellRange>> partitions = BlockRuns.partitions(BLOCKS, randomAccess, workers);
        return partitions.stream().map(partition -> partition.units().size()).toList();
    }
}
