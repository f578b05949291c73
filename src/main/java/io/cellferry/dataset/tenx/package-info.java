/// 10x Genomics HDF5 matrices, seen as the same kind of data set: `X` and the names of cells and genes.
@NullMarked
package io.cellferry.dataset.tenx;

import org.jspecify.annotations.NullMarked;
