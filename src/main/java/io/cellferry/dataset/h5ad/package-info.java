/// AnnData in HDF5, every age of it: finds where matrices, annotations and tables lie.
///
/// Three layouts: encodings on everything (0.8 and later), encodings on some (0.7), compound tables (before 0.7).
/// Reading the arrays is the business of `dataset.hdf5matrix` and `dataset.hdf5column`.
@NullMarked
package io.cellferry.dataset.h5ad;

import org.jspecify.annotations.NullMarked;
