package io.cellferry.matrix;

/// The columns of one batch of positions, put together from run after run.
///
/// Runs come in block order, so appending keeps cells ascending. Columns of a batch lie one behind the other in one
/// slab and are lent to the visitor through `column`; a batch of one position goes to `column` directly. Beside them:
/// 8 bytes per position of the batch, and the buffers of [SliceReader] and [SliceUnpacker]. Used by one visit at a time
/// and kept from visit to visit: arrays of a hundred megabytes cost more to make than to fill.
final class ColumnMerge {

    private final SliceReader slices = new SliceReader();
    private final SliceUnpacker unpacker;
    private final SparseColumn slab;
    private final SparseColumn column;
    private int[] starts = new int[1];
    private int[] filled = new int[0];
    private GeneRange batch = new GeneRange(0, 0);

    ColumnMerge(ValueType type) {
        this.unpacker = new SliceUnpacker(type);
        this.slab = new SparseColumn(type);
        this.column = new SparseColumn(type);
    }

    /// Makes room for what a visit needs, once and in the largest size: growing on the way would hold the old and the
    /// new array at the same time. `largestBatch` counts the values of batches of at least two positions,
    /// `longestColumn` those of single ones. Where there is room for `most` values in a batch, some is made for the
    /// larger batches of later visits.
    void prepare(int largestBatch, int longestColumn, int mostPositions, long most) {
        slab.reset(largestBatch, most);
        column.reset(longestColumn);
        if (filled.length < mostPositions) {
            starts = new int[mostPositions + 1];
            filled = new int[mostPositions];
        }
    }

    /// Begins `batch`. `counts` holds the stored values of every position from `firstPosition` on. Returns their sum
    /// over the batch.
    int begin(GeneRange batch, long[] counts, int firstPosition) {
        this.batch = batch;
        for (int i = 0; i < batch.count(); i++) {
            starts[i + 1] = starts[i] + Math.toIntExact(counts[batch.from() - firstPosition + i]);
            filled[i] = starts[i];
        }
        target().reset(starts[batch.count()]);
        return starts[batch.count()];
    }

    private SparseColumn target() {
        return batch.count() == 1 ? column : slab;
    }

    /// Appends what `run` holds of the batch.
    void append(RunReader run) {
        SparseColumn target = target();
        unpacker.begin();
        slices.read(run, batch, (position, storedValues, kind, payload, from, to) -> {
            int at = filled[position - batch.from()];
            if (storedValues > starts[position - batch.from() + 1] - at) {
                throw run.damaged("position %,d holds more values than when they were counted".formatted(position));
            }
            int end = unpacker.unpack(run, kind, payload, from, storedValues, target, at);
            if (end != to) {
                throw run.damaged("position %,d holds %,d values in %,d bytes, expected %,d bytes"
                        .formatted(position, storedValues, end - from, to - from));
            }
            filled[position - batch.from()] = at + storedValues;
        });
    }

    /// Hands the columns of the batch to `visitor`, after every run has been appended.
    void deliver(ColumnVisitor visitor) {
        for (int i = 0; i < batch.count(); i++) {
            if (filled[i] != starts[i + 1]) {
                throw new IllegalStateException("position %,d received %,d of %,d counted values"
                        .formatted(batch.from() + i, filled[i] - starts[i], starts[i + 1] - starts[i]));
            }
        }
        if (batch.count() == 1) {
            visitor.column(batch.from(), column);
            return;
        }
        for (int i = 0; i < batch.count(); i++) {
            copyToColumn(starts[i], starts[i + 1] - starts[i]);
            visitor.column(batch.from() + i, column);
        }
    }

    private void copyToColumn(int from, int storedValues) {
        column.reset(storedValues);
        System.arraycopy(slab.cells(), from, column.cells(), 0, storedValues);
        ValueBuffer values = slab.values();
        if (values.type().bytes() == Integer.BYTES) {
            System.arraycopy(values.four(), from, column.values().four(), 0, storedValues);
        } else {
            System.arraycopy(values.eight(), from, column.values().eight(), 0, storedValues);
        }
    }
}
