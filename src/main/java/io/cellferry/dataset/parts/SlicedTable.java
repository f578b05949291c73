package io.cellferry.dataset.parts;

import io.cellferry.dataset.NumericTable;
import io.cellferry.dataset.TableInfo;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ValueBuffer;

/// Reads a table in slices, so that a caller's range of any size costs one bounded buffer beside its own.
final class SlicedTable implements NumericTable {

    /// 131,072 x 8 bytes = 1 MiB.
    private static final int SLICE_VALUES = 131_072;

    private final TableInfo info;
    private final TableRows stored;

    SlicedTable(TableInfo info, TableRows stored) {
        this.info = info;
        this.stored = stored;
    }

    @Override
    public int rows() {
        return info.rows();
    }

    @Override
    public int columns() {
        return info.columns();
    }

    @Override
    public void read(CellRange cells, double[] into) {
        int columns = columns();
        if (columns == 0) {
            return;
        }
        int height = Math.max(1, SLICE_VALUES / columns);
        ValueBuffer slice =
                new ValueBuffer(stored.valueType(), Math.multiplyExact(Math.min(height, cells.count()), columns));
        int at = 0;
        try (ArrayCursor cursor = stored.cursors().get()) {
            int count;
            for (int from = cells.from(); from < cells.to(); from += count) {
                count = Math.min(height, cells.to() - from);
                cursor.read((long) from * stored.elementsPerRow(), count * stored.elementsPerRow(), slice, 0);
                for (int i = 0; i < count * columns; i++) {
                    into[at++] = slice.asDouble(i);
                }
            }
        }
    }

    /// The file belongs to the data set; nothing else is held open.
    @Override
    public void close() {}
}
