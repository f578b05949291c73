/// AnnData in HDF5, every age of it. The only place (with `tenx`) that sees the HDF5 library.
@NullMarked
package io.cellferry.dataset.h5ad;

import org.jspecify.annotations.NullMarked;
