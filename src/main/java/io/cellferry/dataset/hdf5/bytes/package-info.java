/// Reading bytes of an HDF5 file: bounded, whole, and safe to share between threads.
@NullMarked
package io.cellferry.dataset.hdf5.bytes;

import org.jspecify.annotations.NullMarked;
