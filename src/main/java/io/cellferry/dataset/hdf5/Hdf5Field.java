package io.cellferry.dataset.hdf5;

import io.cellferry.dataset.tree.ArrayField;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.matrix.ValueType;
import java.util.Optional;

/// One field of a table, a data set of compound type; one element a row.
public final class Hdf5Field implements ArrayField {

    private final Hdf5Dataset table;
    private final StoredType.Member member;

    Hdf5Field(Hdf5Dataset table, StoredType.Member member) {
        this.table = table;
        this.member = member;
    }

    @Override
    public String name() {
        return member.name();
    }

    @Override
    public ElementType type() {
        return member.type().type();
    }

    /// How numbers are delivered; empty when the field holds none.
    @Override
    public Optional<ValueType> valueType() {
        return member.type().valueType();
    }

    /// Values in each row: 1, or more for a field that holds small arrays.
    @Override
    public int valuesPerElement() {
        return member.type().bytes() / member.type().scalar().bytes();
    }

    @Override
    public int textRoom() {
        boolean fixed = member.type().type() instanceof ElementType.Text
                && member.type().textForm() != StoredType.TextForm.VARIABLE;
        return fixed ? member.type().bytes() : 0;
    }

    @Override
    public Hdf5Cursor cursor() {
        return table.cursor(member);
    }
}
