package io.cellferry.dataset.tiledb;

import io.cellferry.dataset.tiledb.filter.Datatype;
import io.cellferry.dataset.tiledb.filter.FilterChain;

/// One value of every cell. `valuesPerCell` is [#ANY_LENGTH] for texts; `enumeration` names the list that values are
/// places in, and is empty when they stand for themselves; `fill` is what cells hold that were never written.
public record Attribute(
        String name,
        Datatype type,
        int valuesPerCell,
        FilterChain filters,
        byte[] fill,
        boolean nullable,
        boolean filledWithValue,
        String enumeration) {

    public static final int ANY_LENGTH = -1;

    public boolean ofAnyLength() {
        return valuesPerCell == ANY_LENGTH;
    }

    /// One number or one text in every cell.
    public boolean isPlain() {
        return ofAnyLength() ? type.isText() : valuesPerCell == 1 && type.isNumber();
    }
}
