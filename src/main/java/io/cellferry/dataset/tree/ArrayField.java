package io.cellferry.dataset.tree;

import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.util.List;
import java.util.Optional;

/// One field of a table, an array of compound type; one element a row.
public interface ArrayField {

    String name();

    ElementType type();

    /// How numbers are delivered; empty when the field holds none.
    Optional<ValueType> valueType();

    /// Values in each row: 1, or more for a field that holds small arrays.
    int valuesPerElement();

    /// Characters that a text of this field has at most, where the store gives all of them the same room; 0 when it
    /// does not, or holds no texts.
    int textRoom();

    ArrayCursor cursor();

    default String typeName() {
        return type().name();
    }

    /// See [ArrayCursor#read].
    default void read(long fromRow, int rows, ValueBuffer into, int at) {
        try (ArrayCursor cursor = cursor()) {
            cursor.read(fromRow, rows, into, at);
        }
    }

    /// See [ArrayCursor#readWholes].
    default long[] readWholes(long fromRow, int rows) {
        try (ArrayCursor cursor = cursor()) {
            return cursor.readWholes(fromRow, rows);
        }
    }

    /// See [ArrayCursor#readTexts].
    default List<String> readTexts(long fromRow, int rows) {
        try (ArrayCursor cursor = cursor()) {
            return cursor.readTexts(fromRow, rows);
        }
    }
}
