/// Annotations of cells and genes whose arrays lie in HDF5: columns of every kind, names, frames of columns.
///
/// Imports `dataset`, `dataset.hdf5`, `dataset.hdf5matrix` (obstacles), `matrix`, `failure`. The format packages find
/// the arrays; this one reads them.
@NullMarked
package io.cellferry.dataset.hdf5column;

import org.jspecify.annotations.NullMarked;
