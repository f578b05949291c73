/// AnnData of every age, in whatever store: finds where matrices, annotations and tables lie.
///
/// Three layouts: encodings on everything (0.8 and later), encodings on some (0.7), compound tables (before 0.7).
/// Reading the arrays is the business of `dataset.matrices` and `dataset.columns`.
@NullMarked
package io.cellferry.dataset.anndata;

import org.jspecify.annotations.NullMarked;
