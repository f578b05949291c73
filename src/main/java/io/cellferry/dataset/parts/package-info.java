/// A data set put together from parts of one open store: matrices, columns, tables.
///
/// What AnnData and 10x files have in common once somebody has found the parts. Imports `dataset`, `dataset.tree`,
/// `dataset.matrices`, `dataset.columns`, `matrix`, `failure`.
@NullMarked
package io.cellferry.dataset.parts;

import org.jspecify.annotations.NullMarked;
