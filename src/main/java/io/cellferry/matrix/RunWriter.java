package io.cellferry.matrix;

import java.util.zip.CRC32C;

/// Turns one block of cells after the other into runs (layout: [RunFile]): the first half of the transposition.
///
/// The bytes of a run depend on the block, the selection and the value type, on nothing else. Made once per worker
/// and used by one thread; all buffers are kept from run to run.
///
/// Memory while splitting, per stored value of a block:
///
/// | what | bytes |
/// |---|---|
/// | the block itself, the caller's: gene and value | 4 + 4 or 8 |
/// | tokens of the first sort | 8 x 17/16 |
/// | tokens of the largest bucket; an equal share of 8 when values spread over all buckets | up to 8 x 17/16 |
/// | [RowDictionaries] | up to 0.25 or 0.5 |
/// | together | 26 with values of four, 30 with values of eight |
///
/// Beside it: 13.75 bytes x positions (the last 256 counted in full), 6 x 17/16 bytes x longest row, 4 bytes x cells,
/// and 2 MiB for the rest. [TranspositionPlan#workerBytes] is this sum.
public final class RunWriter {

    /// Bytes handed to the sink at once. Room for the longest slice there is: 65,536 cells x 11 bytes = 704 KiB.
    static final int OUT_BYTES = 1 << 20;

    private final ValueType type;
    private final GeneSelection selection;
    private final BlockSort sort;
    private final RunTable table;
    private final CRC32C groupChecksum = new CRC32C();
    private final RowDictionaries dictionaries;
    private final RowCoder coder;
    private final SlicePacker packer;

    private final byte[] out = new byte[OUT_BYTES];
    private int filled;
    private int checksummed;
    private long flushedBytes;

    public RunWriter(ValueType type, GeneSelection selection) {
        this.type = type;
        this.selection = selection;
        this.sort = new BlockSort(selection);
        this.table = new RunTable(selection.count());
        this.dictionaries = new RowDictionaries(type);
        this.coder = new RowCoder(selection, dictionaries);
        this.packer = new SlicePacker(type, dictionaries);
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
        if (block.storedValues() > ValueCode.MOST_STORED_VALUES) {
            throw new IllegalArgumentException("%s has %,d stored values; a run takes %,d at most"
                    .formatted(block.cells().partitionName(), block.storedValues(), ValueCode.MOST_STORED_VALUES));
        }
        filled = 0;
        checksummed = 0;
        flushedBytes = 0;
        dictionaries.reset(block);
        int storedValues = sort.distribute(block, coder);
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
        int dictionaryChecksum = dictionaries.write(out, sink);
        RunFooter footer = new RunFooter(
                block.cells(),
                selection.count(),
                type,
                storedValues,
                payloadBytes,
                dictionaries.count(),
                dictionaryChecksum);
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
            SliceKind kind = SliceKind.COUNTS;
            if (from < to) {
                if (OUT_BYTES - filled < (to - from) * PackedSlice.mostBytesPerValue(type)) {
                    flush(sink);
                }
                filled = packer.pack(sort.bucketTokens(), from, to, values, out, filled);
                kind = packer.kind();
            }
            table.slice(position, to - from, Math.toIntExact(payloadBytes() - groupStart), kind);
        }
        takeChecksum();
        table.finish((int) groupChecksum.getValue());
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
