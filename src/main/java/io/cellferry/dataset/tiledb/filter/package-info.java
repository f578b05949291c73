/// Filters of TileDB tiles, undone: compressors, deltas, windows, shuffles, checksums.
///
/// Knows no file: damaged input is [io.cellferry.codec.Malformed]. Imports `dataset.tree` (types), `codec`, `matrix`
/// (value types).
@NullMarked
package io.cellferry.dataset.tiledb.filter;

import org.jspecify.annotations.NullMarked;
