package io.cellferry.jobs.turning;

import io.cellferry.jobs.Partitions;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.TranspositionPlan;
import java.util.List;

/// What all jobs that turn a matrix share: how its blocks become units, and what their runs take on scratch.
public final class BlockRuns {

    private static final long SAMPLED_VALUES = 65_536;
    private static final int SAMPLED_CELLS = 1024;
    /// What is read ahead of a dense matrix, and as much for its chunks.
    private static final long SAMPLED_READER_BYTES = 128L << 20;

    /// Small counts take 1.2 bytes each.
    private static final long SCRATCH_PER_COUNT = 2;
    /// Any other value takes itself and a gap, which may be two bytes long, and half a byte of a dictionary; large
    /// counts take nine whatever their type. Where values repeat within their cells it is a sixth of that, but
    /// whether all of them do shows only when they are turned.
    private static final long SCRATCH_PER_GAP = 3;

    private static final long LEAST_SCRATCH_PER_VALUE = 9;
    /// 9.75 bytes of table, and gaps of three bytes: four in a slice at most.
    private static final long SCRATCH_PER_POSITION = 14;

    private BlockRuns() {}

    /// One giant chunk is decoded from its start each time, so a single worker goes through it in order.
    public static List<Partitions.Partition<CellRange>> partitions(
            List<CellRange> blocks, boolean randomAccess, int workers) {
        return blocks.isEmpty() || randomAccess
                ? Partitions.ofAlike(blocks, workers, CellRange::partitionName)
                : List.of(new Partitions.Partition<>(blocks.getFirst().partitionName(), blocks));
    }

    /// An upper bound of what all runs take.
    public static long scratchBytes(TranspositionPlan plan, long storedValues, boolean wholeNumbers) {
        long perOther = Math.max(LEAST_SCRATCH_PER_VALUE, plan.valueType().bytes() + SCRATCH_PER_GAP);
        long perValue = wholeNumbers ? SCRATCH_PER_COUNT : perOther;
        // One byte a cell where a run has dictionaries.
        return storedValues * perValue
                + SCRATCH_PER_POSITION * plan.positions() * plan.blocks().size()
                + plan.cells();
    }

    /// Whether a plan may look at values: not where reading takes a lot (`readerBytes`), because whether there is room
    /// is not known yet, and in a service a run may be at work beside it.
    public static boolean maySample(long readerBytes) {
        return readerBytes
                <= Math.min(SAMPLED_READER_BYTES, Runtime.getRuntime().maxMemory() / 4);
    }

    /// Whether the first values are small whole numbers, which take a byte on scratch and not up to nine. Where they
    /// may not be sampled they are taken for others.
    public static boolean looksLikeCounts(RowSource rows, long readerBytes) {
        if (!maySample(readerBytes)) {
            return false;
        }
        List<CellRange> blocks = rows.blocks(SAMPLED_VALUES, SAMPLED_CELLS);
        if (blocks.isEmpty()) {
            return true;
        }
        CsrBlock block = new CsrBlock(rows.valueType());
        rows.read(blocks.getFirst(), block);
        for (int at = 0; at < block.storedValues(); at++) {
            double value = block.values().asDouble(at);
            if (!(value >= 0 && value < 65_536 && value == Math.rint(value))) {
                return false;
            }
        }
        return true;
    }
}
