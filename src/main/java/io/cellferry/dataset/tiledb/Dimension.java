package io.cellferry.dataset.tiledb;

import io.cellferry.dataset.tiledb.filter.Datatype;
import io.cellferry.dataset.tiledb.filter.FilterChain;

/// One dimension of an array. `from`, `to` and `extent` are those of dimensions of 8-byte integers and zero for
/// others; the domain is closed: `to` belongs to it.
public record Dimension(
        String name, Datatype type, boolean ofAnyLength, FilterChain filters, long from, long to, long extent) {

    /// Whether cells are placed along it by integers of 8 bytes, as SOMA does.
    public boolean byNumber() {
        return !ofAnyLength && type == Datatype.INT64;
    }
}
