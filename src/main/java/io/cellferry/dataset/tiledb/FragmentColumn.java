package io.cellferry.dataset.tiledb;

import io.cellferry.dataset.tiledb.filter.Datatype;
import io.cellferry.dataset.tiledb.filter.FilterChain;
import java.util.Optional;

/// The tiles of one attribute or dimension in one fragment. `data` are values, or offsets of texts; `sums` and
/// `missing` are what the writer recorded of every tile, the sum of its values and the number of cells without one;
/// writers do not count the latter for texts in UTF-8.
///
/// Some 50 bytes a tile, which has 100,000 cells in practice.
public record FragmentColumn(
        Fragment fragment,
        Datatype type,
        boolean ofAnyLength,
        FilterChain filters,
        TileFile data,
        Optional<Texts> texts,
        Optional<TileFile> validity,
        Optional<long[]> sums,
        Optional<long[]> missing) {

    /// The bytes of texts; `sizes` are those of decoded tiles.
    record Texts(TileFile file, long[] sizes) {}

    int cellBytes() {
        return ofAnyLength ? Long.BYTES : type.bytes();
    }

    /// Bytes on disk.
    public long storedBytes() {
        return data.bytes()
                + texts.map(stored -> stored.file().bytes()).orElse(0L)
                + validity.map(TileFile::bytes).orElse(0L);
    }
}
