#!/usr/bin/env python3
"""Opens a gene-major store (Zarr 2) with zarr and anndata and compares it with the .h5ad it was made from.

    check_gene_major.py INPUT.h5ad STORE.zarr

The matrix has to be what scipy's tocsc makes of X; obs, var, obsm, obsp and layers have to be equal. Needs anndata,
h5py, scipy and zarr 2. Prints "equal" or fails.
"""

import sys
import warnings

import anndata
import numpy as np
import pandas as pd
import scipy.sparse as sparse


def same(one, other, what):
    if sparse.issparse(one):
        assert sparse.issparse(other) and one.shape == other.shape and (one != other).nnz == 0, what
    elif isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other)
    else:
        assert np.array_equal(one, other, equal_nan=np.issubdtype(np.asarray(one).dtype, np.floating)), what


def main():
    warnings.simplefilter("ignore")
    file = anndata.read_h5ad(sys.argv[1])
    store = anndata.read_zarr(sys.argv[2])
    expected = sparse.csc_matrix(file.X)
    expected.sort_indices()
    assert sparse.isspmatrix_csc(store.X) and store.X.shape == file.X.shape
    assert store.X.data.dtype == file.X.dtype
    for part in ("indptr", "indices", "data"):
        assert np.array_equal(getattr(expected, part), getattr(store.X, part)), part
    same(file.obs, store.obs, "obs")
    same(file.var, store.var, "var")
    for name in ("obsm", "varm", "obsp", "varp", "layers"):
        before, after = getattr(file, name), getattr(store, name)
        assert set(before.keys()) == set(after.keys()), name
        for key in before:
            same(before[key], after[key], f"{name}/{key}")
    assert set(file.uns) == set(store.uns), "uns"
    print("equal")


main()
