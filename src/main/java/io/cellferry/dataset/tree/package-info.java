/// A hierarchy of groups and arrays, whatever keeps it: what the readers of AnnData and 10x stand on.
///
/// Nouns and contracts only. `dataset.hdf5` and `dataset.anndatazarr` implement them; everything above names no store.
@NullMarked
package io.cellferry.dataset.tree;

import org.jspecify.annotations.NullMarked;
