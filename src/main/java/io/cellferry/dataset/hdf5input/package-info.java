/// The door for HDF5 files: looks what kind of data set one holds and hands it to the reader of that kind.
@NullMarked
package io.cellferry.dataset.hdf5input;

import org.jspecify.annotations.NullMarked;
