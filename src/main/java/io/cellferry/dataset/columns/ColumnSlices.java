package io.cellferry.dataset.columns;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.matrix.ValueBuffer;
import java.util.List;

/// Walks over a column front to back, one slice in memory at a time.
final class ColumnSlices {

    private ColumnSlices() {}

    /// `values` is lent for the time of the call.
    interface Numbers {
        void slice(int from, int count, ValueBuffer values);
    }

    interface Wholes {
        void slice(int from, long[] values);
    }

    interface Texts {
        void slice(int from, List<String> values);
    }

    static void numbers(ColumnValues column, Numbers visitor) {
        ValueBuffer slice = new ValueBuffer(column.valueType(), (int) Math.min(ColumnValues.SLICE, column.rows()));
        each(column, (cursor, from, count) -> {
            cursor.read(from, count, slice, 0);
            visitor.slice(from, count, slice);
        });
    }

    static void wholes(ColumnValues column, Wholes visitor) {
        each(column, (cursor, from, count) -> visitor.slice(from, cursor.readWholes(from, count)));
    }

    static void texts(ColumnValues column, Texts visitor) {
        each(column, (cursor, from, count) -> visitor.slice(from, cursor.readTexts(from, count)));
    }

    private interface Reading {
        void slice(ArrayCursor cursor, int from, int count);
    }

    private static void each(ColumnValues column, Reading reading) {
        int rows = Math.toIntExact(column.rows());
        try (ArrayCursor cursor = column.cursor()) {
            int count;
            for (int from = 0; from < rows; from += count) {
                count = Math.min(ColumnValues.SLICE, rows - from);
                reading.slice(cursor, from, count);
            }
        }
    }
}
