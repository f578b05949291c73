package io.cellferry.dataset.soma;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.ValueBuffer;

/// A sparse array in which every place of every row has a value, as SOMA stores embeddings: read like a dense one.
final class FullTable extends SomaArray {

    /// Values decoded at a time: 65,536 x 12 bytes = 768 KiB.
    private static final int BLOCK_VALUES = 65_536;

    private final String path;
    private final SparseLayer layer;

    FullTable(String path, SparseLayer layer) {
        this.path = path;
        this.layer = layer;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long[] shape() {
        return new long[] {layer.rows().count(), layer.columns().count()};
    }

    @Override
    public ElementType type() {
        return layer.type().element();
    }

    @Override
    public String storage() {
        return layer.info(path).storage();
    }

    @Override
    public long storedBytes() {
        return layer.info(path).storedBytes();
    }

    @Override
    public long cursorBytes() {
        return RowDesk.MOST_KEPT_BYTES + 3 * READER_BYTES;
    }

    @Override
    public ArrayCursor cursor() {
        return new Cursor();
    }

    private final class Cursor extends NumberCursor {

        private final SparseRows rows = layer.open();
        private final CsrBlock block = new CsrBlock(rows.valueType());
        private final int columns = layer.columns().count();

        Cursor() {
            super(FullTable.this);
        }

        @Override
        public void read(long from, int elements, ValueBuffer into, int at) {
            int done = 0;
            while (done < elements) {
                long wanted = from + done;
                load((int) (wanted / columns));
                int start = (int) (wanted - (long) block.cells().from() * columns);
                int now = Math.min(elements - done, block.storedValues() - start);
                if (into.type().bytes() == Integer.BYTES) {
                    System.arraycopy(block.values().four(), start, into.four(), at + done, now);
                } else {
                    System.arraycopy(block.values().eight(), start, into.eight(), at + done, now);
                }
                done += now;
            }
        }

        private void load(int row) {
            CellRange held = block.cells();
            if (row >= held.from() && row < held.to()) {
                return;
            }
            int to = (int) Math.min(rows.cells(), row + (long) Math.max(1, BLOCK_VALUES / columns));
            rows.read(new CellRange(row, to), block);
            for (int i = 0; i < to - row; i++) {
                int stored = block.rowStarts()[i + 1] - block.rowStarts()[i];
                if (stored != columns) {
                    block.reset(new CellRange(0, 0), 0);
                    throw layer.array().refusal("row %,d has %,d of %,d values".formatted(row + i, stored, columns));
                }
            }
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
