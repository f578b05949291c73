package io.cellferry.matrix;

import java.util.ArrayList;
import java.util.List;

/// How a matrix is turned from cell order into gene order: one run per block of cells, then one merge per range of
/// positions. Made once, stored with the run, and the same on every machine. A block has `blockValues` stored values at
/// most, unless a single cell has more.
///
/// The blocks cover all cells and the ranges all positions, both in order. 8 bytes per block and per range besides what
/// objects cost: 1,425 blocks for 6 G stored values.
public record TranspositionPlan(
        ValueType valueType,
        int cells,
        int genes,
        int positions,
        int blockValues,
        List<CellRange> blocks,
        List<GeneRange> geneRanges) {

    /// Stored values of the blocks of large matrices. A worker needs 30 bytes for each of them at most ([RunWriter]),
    /// so 120 MiB, and several workers fit the smallest `--memory`. Runs of this size take 5 MB as counts; ten times
    /// larger ones would be read in fewer pieces but not sorted faster.
    public static final int MOST_BLOCK_VALUES = 4 << 20;

    // Matrices of less than 64 M values are cut smaller, for as many blocks that workers share and for less memory,
    // but not so small that a run's table of positions weighs against its values.
    private static final int LEAST_BLOCK_VALUES = 1 << 20;
    private static final int WANTED_BLOCKS = 16;
    private static final int VALUES_PER_POSITION = 64;

    /// Cells of one block: the sort keeps a cell in sixteen bits.
    public static final int MOST_CELLS = BlockSort.MOST_CELLS;

    // A range costs an open and two reads in each run, so few large ones; but restarts and workers want some to share.
    private static final int WANTED_RANGES = 64;
    private static final int MOST_RANGE_POSITIONS = 512;

    public TranspositionPlan {
        blocks = List.copyOf(blocks);
        geneRanges = List.copyOf(geneRanges);
        if (genes < 0) {
            throw new IllegalArgumentException("%,d genes".formatted(genes));
        }
        int cell = 0;
        for (CellRange block : blocks) {
            if (block.from() != cell || block.count() == 0 || block.count() > MOST_CELLS) {
                throw new IllegalArgumentException("block %s must begin at cell %,d and hold 1 to %,d cells"
                        .formatted(block.partitionName(), cell, MOST_CELLS));
            }
            cell = block.to();
        }
        int position = 0;
        for (GeneRange range : geneRanges) {
            if (range.from() != position || range.count() == 0) {
                throw new IllegalArgumentException("range %s must begin at position %,d and hold at least one"
                        .formatted(range.partitionName(), position));
            }
            position = range.to();
        }
        if (cell != cells || position != positions) {
            throw new IllegalArgumentException("blocks end at cell %,d of %,d, gene ranges at position %,d of %,d"
                    .formatted(cell, cells, position, positions));
        }
    }

    /// The plan for the selected genes of `rows`.
    public static TranspositionPlan of(RowSource rows, GeneSelection selection) {
        if (selection.genes() != rows.genes()) {
            throw new IllegalArgumentException(
                    "selection is made for %,d genes, the matrix has %,d".formatted(selection.genes(), rows.genes()));
        }
        int blockValues = blockValues(rows, selection.count());
        return new TranspositionPlan(
                rows.valueType(),
                rows.cells(),
                rows.genes(),
                selection.count(),
                blockValues,
                rows.blocks(blockValues, MOST_CELLS),
                geneRanges(selection.count()));
    }

    private static int blockValues(RowSource rows, int positions) {
        long storedValues = rows.storedValues(new CellRange(0, rows.cells()));
        if (storedValues == (long) rows.cells() * rows.genes()) {
            return MOST_BLOCK_VALUES; // dense: smaller blocks would cut rows of chunks, which are decoded whole
        }
        long shared = Math.max(storedValues / WANTED_BLOCKS, (long) VALUES_PER_POSITION * positions);
        long block = Math.clamp(shared, LEAST_BLOCK_VALUES, MOST_BLOCK_VALUES);
        return (int) Math.clamp(storedValues, 1, block);
    }

    /// The same blocks turned for another number of positions.
    public TranspositionPlan withPositions(int others) {
        return new TranspositionPlan(valueType, cells, genes, others, blockValues, blocks, geneRanges(others));
    }

    /// Ranges of up to 512 positions, about 64 of them where there are few positions, that begin where groups of a run
    /// begin, so that no group is read for two of them.
    private static List<GeneRange> geneRanges(int positions) {
        int shared = RunFile.groups(positions / WANTED_RANGES + 1) * RunFile.GROUP_POSITIONS;
        int step = Math.min(MOST_RANGE_POSITIONS, shared);
        List<GeneRange> ranges = new ArrayList<>();
        for (int from = 0; from < positions; from += step) {
            ranges.add(new GeneRange(from, Math.min(positions, from + step)));
        }
        return ranges;
    }

    /// Memory of one worker that splits blocks, the [CsrBlock] it reads into included.
    public long workerBytes() {
        long storedValues = mostStoredValues();
        long block = storedValues * (Integer.BYTES + valueType.bytes()) + (largestBlock() + 1L) * Integer.BYTES;
        long sort = (storedValues * 2 * Long.BYTES + (long) genes * (Integer.BYTES + Character.BYTES)) * 17 / 16;
        long slice = (long) BlockSort.MOST_CELLS * (Integer.BYTES + valueType.bytes());
        long counts = (positions + (long) BlockSort.BUCKET_POSITIONS) * Integer.BYTES;
        return block + sort + slice + counts + dictionaryBytes() + RunFile.tableBytes(positions) + RunWriter.OUT_BYTES;
    }

    /// Memory of one visit of `range` at [SpilledColumns] with a budget of `columnBytes` for columns. A single column
    /// is held whole even if the budget is smaller.
    public long mergeBytes(GeneRange range, long columnBytes) {
        long longestColumn = (long) cells * (Integer.BYTES + valueType.bytes());
        long longestGroup = (long) RunFile.GROUP_POSITIONS * largestBlock() * PackedSlice.mostBytesPerValue(valueType);
        // The piece of payload, and the direct buffer that the reading thread keeps.
        long reading = Math.max(RunReader.READ_BYTES, longestGroup) + RunReader.READ_BYTES;
        long codes = (long) BlockSort.MOST_CELLS * Integer.BYTES;
        // Counts, batches and fill marks, per position of the range.
        long perPosition = (long) range.count() * (Long.BYTES + 32 + 2 * Integer.BYTES);
        return Math.max(columnBytes, longestColumn)
                + reading
                + codes
                + dictionaryBytes()
                + perPosition
                + RunFile.tableBytes(range.count())
                + 2L * RunFile.RECORD_BYTES;
    }

    private long dictionaryBytes() {
        return RowDictionaries.bytes(valueType, largestBlock(), mostStoredValues());
    }

    /// Stored values that a block holds at most.
    public long mostStoredValues() {
        // A block may exceed the limit by being a single full row; it never exceeds its cells x genes.
        return Math.min(Math.max(blockValues, genes), (long) largestBlock() * genes);
    }

    private int largestBlock() {
        int largest = 0;
        for (CellRange block : blocks) {
            largest = Math.max(largest, block.count());
        }
        return largest;
    }
}
