/// Undoing what HDF5's filters did to a chunk: shuffle, checksums and compression.
@NullMarked
package io.cellferry.dataset.hdf5.filter;

import org.jspecify.annotations.NullMarked;
