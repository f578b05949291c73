package io.cellferry.dataset.soma;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.dataset.NumberArray;
import io.cellferry.dataset.NumberType;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.ValueBuffer;
import java.util.Arrays;

/// A sparse layer as AnnData stores one: all values row by row, their columns, and where each row starts. The starts
/// take 8 bytes a row as long as somebody holds this.
final class SparseEntries {

    /// Values decoded at a time for one reader: 1,048,576 x 12 bytes = 12 MB.
    static final int BLOCK_VALUES = 1 << 20;

    private final SparseLayer layer;
    private final long[] starts;

    private SparseEntries(SparseLayer layer) {
        this.layer = layer;
        this.starts = layer.exactStarts();
    }

    static Element.Sparse element(SparseLayer layer) {
        SparseEntries entries = new SparseEntries(layer);
        return new Element.Sparse(
                MatrixInfo.Order.CELL_MAJOR,
                layer.rows().count(),
                layer.columns().count(),
                entries.new Entries(true),
                entries.new Entries(false),
                entries.new Starts());
    }

    private final class Starts implements NumberArray {

        @Override
        public long[] shape() {
            return new long[] {starts.length};
        }

        @Override
        public NumberType type() {
            return NumberType.INT64;
        }

        @Override
        public long readingStep() {
            return 1;
        }

        @Override
        public long readerBytes() {
            return 0;
        }

        @Override
        public Reader open() {
            return new Reader() {
                @Override
                public void read(long from, int count, ValueBuffer into) {
                    System.arraycopy(starts, Math.toIntExact(from), into.eight(), 0, count);
                }

                @Override
                public void close() {}
            };
        }
    }

    /// The values, or their columns.
    private final class Entries implements NumberArray {

        private final boolean values;

        Entries(boolean values) {
            this.values = values;
        }

        @Override
        public long[] shape() {
            return new long[] {starts[starts.length - 1]};
        }

        @Override
        public NumberType type() {
            return values ? NumberType.valueOf(layer.type().name()) : NumberType.INT32;
        }

        @Override
        public long readingStep() {
            return 1;
        }

        @Override
        public long readerBytes() {
            return RowDesk.MOST_KEPT_BYTES + 3L * SomaArray.READER_BYTES + BLOCK_VALUES * 12L;
        }

        @Override
        public Reader open() {
            return new EntryReader(values);
        }
    }

    /// Reads entries by their number, holding the rows they lie in.
    private final class EntryReader implements NumberArray.Reader {

        private final boolean values;
        private final RowSource rows = layer.open();
        private final CsrBlock block = new CsrBlock(rows.valueType());

        EntryReader(boolean values) {
            this.values = values;
        }

        @Override
        public void read(long from, int count, ValueBuffer into) {
            int done = 0;
            while (done < count) {
                long wanted = from + done;
                long held = load(wanted);
                int at = (int) (wanted - held);
                int now = Math.min(count - done, block.storedValues() - at);
                if (!values) {
                    System.arraycopy(block.genes(), at, into.four(), done, now);
                } else if (into.type().bytes() == Integer.BYTES) {
                    System.arraycopy(block.values().four(), at, into.four(), done, now);
                } else {
                    System.arraycopy(block.values().eight(), at, into.eight(), done, now);
                }
                done += now;
            }
        }

        /// Makes the block hold entry `wanted` and returns the number of its first entry.
        private long load(long wanted) {
            CellRange held = block.cells();
            if (held.count() > 0 && starts[held.from()] <= wanted && wanted < starts[held.to()]) {
                return starts[held.from()];
            }
            int row = rowOf(wanted);
            int to = row + 1;
            while (to < starts.length - 1 && starts[to + 1] - starts[row] <= BLOCK_VALUES) {
                to++;
            }
            rows.read(new CellRange(row, to), block);
            return starts[row];
        }

        /// The last row that starts at `wanted` or before and holds it.
        private int rowOf(long wanted) {
            int found = Arrays.binarySearch(starts, wanted + 1);
            int after = found < 0 ? -found - 1 : found;
            while (after > 0 && starts[after - 1] > wanted) {
                after--;
            }
            return after - 1;
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
