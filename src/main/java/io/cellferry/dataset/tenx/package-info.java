/// 10x Genomics HDF5 matrices, seen as the same kind of data set.
@NullMarked
package io.cellferry.dataset.tenx;

import org.jspecify.annotations.NullMarked;
