package io.cellferry.dataset.columns;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.ArrayField;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.matrix.ValueType;

/// The values of one column, wherever they lie: an array of their own, or one field of an old compound table.
/// Positions are rows.
public sealed interface ColumnValues {

    /// How many rows are read at a time: 65,536 x 8 bytes = 512 KiB.
    int SLICE = 65_536;

    /// Where they lie in the file.
    String path();

    /// Rows first; a column has one dimension.
    long[] shape();

    ElementType type();

    /// How numbers and booleans are delivered; asked for these only.
    ValueType valueType();

    /// For one front to back reading; closed by the caller.
    ArrayCursor cursor();

    /// The type in plain words.
    default String typeName() {
        return type().name();
    }

    default long rows() {
        return shape().length == 0 ? 1 : shape()[0];
    }

    /// A column with an array of its own.
    record OfArray(TreeArray array) implements ColumnValues {

        @Override
        public String path() {
            return array.path();
        }

        @Override
        public long[] shape() {
            return array.shape();
        }

        @Override
        public ElementType type() {
            return array.type();
        }

        @Override
        public ValueType valueType() {
            return array.valueType();
        }

        @Override
        public ArrayCursor cursor() {
            return array.cursor();
        }
    }

    /// A column that is one field of every row of `table`.
    record OfField(TreeArray table, ArrayField field) implements ColumnValues {

        @Override
        public String path() {
            return table.path() + "/" + field.name();
        }

        @Override
        public long[] shape() {
            return table.shape();
        }

        @Override
        public ElementType type() {
            return field.type();
        }

        @Override
        public ValueType valueType() {
            return field.valueType()
                    .orElseThrow(() -> new IllegalStateException(path() + " holds no numbers but " + typeName()));
        }

        @Override
        public ArrayCursor cursor() {
            return field.cursor();
        }
    }
}
