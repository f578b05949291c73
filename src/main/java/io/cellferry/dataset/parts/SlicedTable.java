package io.cellferry.dataset.parts;

import io.cellferry.dataset.NumericTable;
import io.cellferry.dataset.TableInfo;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ValueBuffer;
import org.jspecify.annotations.Nullable;

/// Reads a table in slices, so that a caller's range of any size costs one bounded buffer beside its own.
///
/// One cursor serves all ranges up to the last row: a chunk holds thousands of rows, and whoever reads on from the
/// last range finds it decoded.
final class SlicedTable implements NumericTable {

    /// 131,072 x 8 bytes = 1 MiB.
    private static final int SLICE_VALUES = 131_072;

    private final TableInfo info;
    private final TableRows stored;
    private @Nullable ArrayCursor cursor;

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

    /// A slice, and the cursor.
    @Override
    public long readerBytes() {
        return (long) Math.max(SLICE_VALUES, columns()) * Double.BYTES + stored.readerBytes();
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
        int count;
        for (int from = cells.from(); from < cells.to(); from += count) {
            count = Math.min(height, cells.to() - from);
            cursor().read((long) from * stored.elementsPerRow(), count * stored.elementsPerRow(), slice, 0);
            slice.asDoubles(0, count * columns, into, at);
            at += count * columns;
        }
        if (cells.to() == rows()) {
            close(); // Several tables may be open, but are read one after the other.
        }
    }

    private ArrayCursor cursor() {
        ArrayCursor open = cursor;
        if (open == null) {
            open = stored.cursors().get();
            cursor = open;
        }
        return open;
    }

    /// Lets go of the cursor; the file belongs to the data set.
    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }
}
