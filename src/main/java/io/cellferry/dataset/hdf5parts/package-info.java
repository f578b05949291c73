/// A data set put together from parts that lie in HDF5: matrices, columns, tables.
///
/// What AnnData and 10x files have in common once somebody has found the parts. Imports `dataset`, `dataset.hdf5`,
/// `dataset.hdf5matrix`, `dataset.hdf5column`, `matrix`, `failure`.
@NullMarked
package io.cellferry.dataset.hdf5parts;

import org.jspecify.annotations.NullMarked;
