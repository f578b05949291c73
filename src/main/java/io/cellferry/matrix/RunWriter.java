package io.cellferry.matrix;

import java.util.zip.CRC32C;

/// Turns one block of cells after the other into runs (layout: [RunFile]): the first half of the transposition.
///
/// The bytes of a run depend on the block, the selection and the value type, on nothing else. Made once per worker
/// and used by one thread; all buffers are kept from run to run.
///
/// ``` Memory while splitting, per stored value of a block:   the block itself, the caller's        4 (gene) + 4 or 8
/// (value)   tokens of the first sort              8 x 17/16   tokens of the largest bucket      up to 8 x 17/16 (an
/// equal share of 8 when values spread over all buckets)   = 25 bytes with values of four, 29 with values of eight
/// Beside it: 13.75 bytes x positions (the last 256 counted in full), 4 x 17/16 bytes x longest row, 1.8 MiB for the
/// rest.
/// ``` [TranspositionPlan#workerBytes] is this sum.
public final class RunWriter {

    /// Bytes handed to the sink at once. Room for the longest slice there is: 65,536 cells x 11 bytes = 704 KiB.
    static final int OUT_BYTES = 1 << 20;

    private final ValueType type;
    private final GeneSelection selection;
    private final BlockSort sort;
    private final RunTable table;
    private final CRC32C groupChecksum = new CRC32C();
    // One slice, 65,536 x (4 + 4 or 8) bytes = 768 KiB at most: its codes, and the bits of a wide one.
    private final int[] sliceCodes = new int[BlockSort.MOST_CELLS];
    private final ValueBuffer sliceBits;

    private final byte[] out = new byte[OUT_BYTES];
    private int filled;
    private int checksummed;
    private long flushedBytes;

    public RunWriter(ValueType type, GeneSelection selection) {
        this.type = type;
        this.selection = selection;
        this.sort = new BlockSort(selection);
        this.table = new RunTable(selection.count());
        this.sliceBits = new ValueBuffer(type);
    }

    /// Writes the wanted values of `block` to `sink`. The block has at most 65,536 cells; within a cell no gene comes
    /// twice. Nothing of an earlier call that failed is left over.
    public RunFooter write(CsrBlock block, RunSink sink) {
        if (block.values().type() != type) {
            throw new IllegalArgumentException(
                    "block holds %s, the run %s".formatted(block.values().type(), type));
        }
        if (block.cells().count() > BlockSort.MOST_CELLS) {
            throw new IllegalArgumentException("%s has %,d cells; a run takes %,d at most"
                    .formatted(block.cells().partitionName(), block.cells().count(), BlockSort.MOST_CELLS));
        }
        filled = 0;
        checksummed = 0;
        flushedBytes = 0;
        int storedValues = sort.distribute(block);
        table.reset(block.cells().from());
        for (int group = 0; group < RunFile.groups(selection.count()); group++) {
            int firstPosition = group * RunFile.GROUP_POSITIONS;
            if (firstPosition % BlockSort.BUCKET_POSITIONS == 0) {
                sort.open(firstPosition / BlockSort.BUCKET_POSITIONS);
            }
            writeGroup(group, block.values(), sink);
        }
        long payloadBytes = payloadBytes();
        flush(sink);
        sink.write(table.bytes(), 0, table.bytes().length);
        RunFooter footer = new RunFooter(block.cells(), selection.count(), type, storedValues, payloadBytes);
        sink.write(footer.toBytes(), 0, RunFile.FOOTER_BYTES);
        return footer;
    }

    private void writeGroup(int group, ValueBuffer values, RunSink sink) {
        int firstPosition = group * RunFile.GROUP_POSITIONS;
        long groupStart = payloadBytes();
        groupChecksum.reset();
        table.begin(group, groupStart);
        // A group that ends behind the last position holds empty slices there: the sort has no values for them.
        for (int position = 0; position < RunFile.GROUP_POSITIONS; position++) {
            int from = sort.sliceFrom(firstPosition + position);
            int to = sort.sliceTo(firstPosition + position);
            boolean wide = false;
            if (from < to) {
                if (OUT_BYTES - filled < (to - from) * PackedSlice.mostBytesPerValue(type)) {
                    flush(sink);
                }
                wide = holdsMoreThanCounts(from, to);
                filled = wide
                        ? packWide(from, to, values)
                        : PackedSlice.packCounts(sort.bucketTokens(), from, to, out, filled);
            }
            table.slice(position, to - from, Math.toIntExact(payloadBytes() - groupStart), wide);
        }
        takeChecksum();
        table.finish((int) groupChecksum.getValue());
    }

    private boolean holdsMoreThanCounts(int from, int to) {
        long[] tokens = sort.bucketTokens();
        int signs = 0;
        for (int i = from; i < to; i++) {
            signs |= BlockSort.code(tokens[i]);
        }
        return signs < 0;
    }

    private int packWide(int from, int to, ValueBuffer values) {
        long[] tokens = sort.bucketTokens();
        int count = to - from;
        for (int i = 0; i < count; i++) {
            sliceCodes[i] = BlockSort.code(tokens[from + i]);
        }
        sliceBits.ensureCapacity(BlockSort.MOST_CELLS);
        WholeCounts.decode(sliceCodes, count, sliceBits, 0);
        for (int i = 0; i < count; i++) {
            if (sliceCodes[i] < 0) {
                copyBits(values, ~sliceCodes[i], i);
            }
        }
        int gapsEnd = PackedSlice.packGaps(tokens, from, to, out, filled);
        return PackedSlice.packBits(sliceBits, count, out, gapsEnd);
    }

    private void copyBits(ValueBuffer values, int from, int to) {
        if (type.bytes() == Integer.BYTES) {
            sliceBits.four()[to] = values.four()[from];
        } else {
            sliceBits.eight()[to] = values.eight()[from];
        }
    }

    private long payloadBytes() {
        return flushedBytes + filled;
    }

    private void takeChecksum() {
        groupChecksum.update(out, checksummed, filled - checksummed);
        checksummed = filled;
    }

    private void flush(RunSink sink) {
        takeChecksum();
        sink.write(out, 0, filled);
        flushedBytes += filled;
        filled = 0;
        checksummed = 0;
    }
}
