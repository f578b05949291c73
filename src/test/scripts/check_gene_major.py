#!/usr/bin/env python3
"""Opens a store, by gene or by cell, and compares it with the .h5ad it was made from: version 2 with zarr and anndata; version 3,
which they cannot read, by the words of its specification with numcodecs, the matrix and the names only.

    check_gene_major.py INPUT.h5ad STORE.zarr

The matrix has to be what scipy's tocsc makes of X, or tocsr for a store by cell; obs, var, obsm, obsp and layers have to be equal. Needs anndata,
h5py, scipy and zarr 2. Prints "equal" or fails.
"""

import json
import sys
import warnings
from pathlib import Path

import anndata
import numcodecs
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


class VersionThree:
    """One-dimensional arrays of a Zarr 3 store, read file by file."""

    def __init__(self, root):
        self.root = Path(root)
        self.consolidated = json.loads((self.root / "zarr.json").read_text())["consolidated_metadata"]["metadata"]

    def array(self, path):
        meta = json.loads((self.root / path / "zarr.json").read_text())
        assert meta == self.consolidated[path] and meta["zarr_format"] == 3 and meta["node_type"] == "array", path
        (length,), (per_file,) = meta["shape"], meta["chunk_grid"]["configuration"]["chunk_shape"]
        assert meta["chunk_key_encoding"] == {"name": "default", "configuration": {"separator": "/"}}
        parts = [self.file((self.root / path / "c" / str(i)).read_bytes(), meta, per_file)
                 for i in range(-(-length // per_file))]
        return np.concatenate(parts)[:length] if parts else np.zeros(0)

    def file(self, data, meta, elements):
        codecs = meta["codecs"]
        if codecs[0]["name"] != "sharding_indexed":
            return self.chunk(data, meta["data_type"], codecs)
        sharding = codecs[0]["configuration"]
        assert [codec["name"] for codec in sharding["index_codecs"]] == ["bytes", "crc32c"]
        assert sharding["index_location"] == "end"
        (per_chunk,) = sharding["chunk_shape"]
        count = elements // per_chunk
        index = np.frombuffer(data[-16 * count - 4:-4], "<u8").reshape(count, 2)
        chunks = []
        for offset, size in index:
            if offset == 2**64 - 1:
                chunks.append(np.zeros(per_chunk, meta["data_type"]))
            else:
                chunks.append(self.chunk(data[int(offset):int(offset + size)], meta["data_type"], sharding["codecs"]))
        return np.concatenate(chunks)

    @staticmethod
    def chunk(data, kind, codecs):
        for codec in reversed(codecs[1:]):
            data = {"blosc": numcodecs.Blosc, "zstd": numcodecs.Zstd, "gzip": numcodecs.GZip}[codec["name"]]().decode(data)
        if codecs[0]["name"] == "vlen-utf8":
            return numcodecs.VLenUTF8().decode(data)
        assert codecs[0]["name"] == "bytes" and codecs[0].get("configuration", {}).get("endian", "little") == "little"
        return np.frombuffer(data, np.dtype(kind).newbyteorder("<"))


def check_version_three(file, expected, store):
    for part in ("indptr", "indices", "data"):
        assert np.array_equal(getattr(expected, part), store.array(f"X/{part}")), part
    assert store.array("X/data").dtype == expected.data.dtype
    for axis in ("obs", "var"):
        frame = json.loads((store.root / axis / "zarr.json").read_text())["attributes"]
        assert frame["encoding-type"] == "dataframe"
        assert list(store.array(f"{axis}/{frame['_index']}")) == list(getattr(file, axis).index), axis


def encoding(group, version_three):
    """What AnnData says a group is."""
    if version_three:
        return json.loads((group / "zarr.json").read_text())["attributes"]["encoding-type"]
    return json.loads((group / ".zattrs").read_text())["encoding-type"]


def main():
    warnings.simplefilter("ignore")
    file = anndata.read_h5ad(sys.argv[1])
    version_three = Path(sys.argv[2], "zarr.json").exists()
    by_cell = encoding(Path(sys.argv[2], "X"), version_three) == "csr_matrix"
    expected = sparse.csr_matrix(file.X) if by_cell else sparse.csc_matrix(file.X)
    expected.sort_indices()
    if version_three:
        check_version_three(file, expected, VersionThree(sys.argv[2]))
        print("equal")
        return
    store = anndata.read_zarr(sys.argv[2])
    assert type(store.X) is type(expected) and store.X.shape == file.X.shape
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
