/// Annotations of cells and genes of any store: columns of every kind, names, frames of columns.
///
/// Imports `dataset`, `dataset.tree`, `dataset.matrices` (obstacles), `matrix`, `failure`. The format packages find
/// the arrays; this one reads them.
@NullMarked
package io.cellferry.dataset.columns;

import org.jspecify.annotations.NullMarked;
