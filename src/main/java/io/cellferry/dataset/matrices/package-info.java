/// Matrices of any store, read by cell or by gene, whatever format named them.
///
/// Imports `dataset`, `dataset.tree`, `matrix`, `failure`. The format packages find the arrays; this one checks and
/// reads them.
@NullMarked
package io.cellferry.dataset.matrices;

import org.jspecify.annotations.NullMarked;
