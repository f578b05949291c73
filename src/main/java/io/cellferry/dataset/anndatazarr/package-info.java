/// AnnData in Zarr, versions 2 and 3, in a folder or a zip file: [io.cellferry.dataset.tree] over
/// [io.cellferry.zarr].
@NullMarked
package io.cellferry.dataset.anndatazarr;

import org.jspecify.annotations.NullMarked;
