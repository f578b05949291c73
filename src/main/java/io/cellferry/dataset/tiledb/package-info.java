/// TileDB arrays and groups on disk, as far as SOMA uses them: formats 18 to 23, read only, from the published
/// storage specification and from files of real writers.
///
/// Nouns of the format stay here: fragments, tiles, filters, schemas. What the arrays mean is the business of
/// `dataset.soma`. Imports `dataset.tiledb.filter`, `dataset.tree` (types), `codec`, `matrix` (value types),
/// `failure`.
@NullMarked
package io.cellferry.dataset.tiledb;

import org.jspecify.annotations.NullMarked;
