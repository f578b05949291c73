/// Where the chunks of a data set lie: one flat index, whichever of HDF5's six structures it is stored in.
///
/// jHDF numbers the chunks of extensible and fixed arrays over the current instead of the greatest extent and gives up
/// at missing chunks or addresses beyond 2 GiB, so all six are read here.
@NullMarked
package io.cellferry.dataset.hdf5.index;

import org.jspecify.annotations.NullMarked;
