package io.cellferry.dataset.hdf5;

import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.util.List;
import java.util.Optional;

/// One field of a table, a data set of compound type; one element a row.
public final class Hdf5Field {

    private final Hdf5Dataset table;
    private final StoredType.Member member;

    Hdf5Field(Hdf5Dataset table, StoredType.Member member) {
        this.table = table;
        this.member = member;
    }

    public String name() {
        return member.name();
    }

    public Hdf5Type type() {
        return member.type().type();
    }

    public String typeName() {
        return type().name();
    }

    /// How numbers are delivered; empty when the field holds none.
    public Optional<ValueType> valueType() {
        return member.type().valueType();
    }

    /// Values in each row: 1, or more for a field that holds small arrays.
    public int valuesPerElement() {
        return member.type().bytes() / member.type().scalar().bytes();
    }

    public Hdf5Cursor cursor() {
        return table.cursor(member);
    }

    /// See [Hdf5Cursor#read].
    public void read(long fromRow, int rows, ValueBuffer into, int at) {
        try (Hdf5Cursor cursor = cursor()) {
            cursor.read(fromRow, rows, into, at);
        }
    }

    /// See [Hdf5Cursor#readWholes].
    public long[] readWholes(long fromRow, int rows) {
        try (Hdf5Cursor cursor = cursor()) {
            return cursor.readWholes(fromRow, rows);
        }
    }

    /// See [Hdf5Cursor#readTexts].
    public List<String> readTexts(long fromRow, int rows) {
        try (Hdf5Cursor cursor = cursor()) {
            return cursor.readTexts(fromRow, rows);
        }
    }
}
