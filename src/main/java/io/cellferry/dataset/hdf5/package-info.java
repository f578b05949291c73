/// Reading HDF5: groups, attributes and data sets of any age, in bounded memory and by several threads.
///
/// The only package (with its sub-packages) that sees jHDF, which parses the messages of object headers; links, heaps,
/// chunk indexes, filters, texts and all bulk data are read here. Whatever is wrong with a file is an
/// [io.cellferry.failure.InputRefused] that names file and path, never a bare exception.
@NullMarked
package io.cellferry.dataset.hdf5;

import org.jspecify.annotations.NullMarked;
