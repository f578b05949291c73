package io.cellferry.zarr;

import java.util.List;

/// One field of a row, as it is written: a value of `type`, or an array of them with the extents `inner`.
///
/// Texts are UTF-32 characters, filled up with zeros; `characters` is the room for each and 0 for everything else.
public record RowField(String name, ZarrType type, int characters, List<Integer> inner) {

    public RowField {
        inner = List.copyOf(inner);
        if (name.isEmpty() || type == ZarrType.ROW || (type == ZarrType.TEXT) != (characters > 0)) {
            throw new IllegalArgumentException(
                    "field \"%s\" of %s with %,d characters".formatted(name, type, characters));
        }
        if (inner.stream().anyMatch(extent -> extent < 1)) {
            throw new IllegalArgumentException("field \"%s\" of arrays of %s".formatted(name, inner));
        }
    }

    /// Values in each row.
    public int repeated() {
        return inner.stream().reduce(1, Math::multiplyExact);
    }

    /// Bytes of one value.
    int valueBytes() {
        return type == ZarrType.TEXT ? Math.multiplyExact(characters, Integer.BYTES) : type.bytes();
    }

    /// Bytes in each row.
    public int bytes() {
        return Math.multiplyExact(valueBytes(), repeated());
    }
}
