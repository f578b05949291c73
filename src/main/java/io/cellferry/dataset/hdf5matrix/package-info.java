/// Matrices whose arrays lie in HDF5, read by cell or by gene, whatever format named them.
///
/// Imports `dataset`, `dataset.hdf5`, `matrix`, `failure`. The format packages find the arrays; this one checks and
/// reads them.
@NullMarked
package io.cellferry.dataset.hdf5matrix;

import org.jspecify.annotations.NullMarked;
