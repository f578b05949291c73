#!/usr/bin/env python3
"""Makes stores of 6 cells x 5 genes as anndata and zarr 2 write them, zipped, in src/test/resources/odd:

modern.zarr.zip   every kind of annotation, the matrix by cell
cut.zarr.zip      the same without its last third
kinds.zarr.zip    one array, 0 to 59, in every type, compressor, order and chunk shape that zarr 2 offers here

    src/test/scripts/make_zarr_twins.py
"""

import tempfile
import warnings
import zipfile
from pathlib import Path

import anndata
import numcodecs
import numpy as np
import pandas as pd
import scipy.sparse as sparse
import zarr

ODD = Path(__file__).resolve().parent.parent / "resources" / "odd"
SAME_TIME = (2026, 1, 1, 0, 0, 0)
COUNTS = [[1, 0, 0, 2, 0], [0, 3, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 4, 0, 5], [6, 0, 0, 0, 0], [0, 7, 8, 0, 0]]


def cells():
    obs = pd.DataFrame(index=[f"c{i}" for i in range(6)])
    obs["kind"] = pd.Categorical(["B", "T", None, "B", "Größe", "T"], categories=["B", "Größe", "T"], ordered=True)
    obs["depth"] = np.array([3.5, 0, np.nan, 7, 1, -2])
    obs["flag"] = [True, False, True, True, False, False]
    obs["whole"] = np.arange(6, dtype=np.int16)
    obs["maybe"] = pd.array([1, None, 3, 4, 5, None], dtype="Int64")
    return obs


def modern(path):
    made = anndata.AnnData(
        sparse.csr_matrix(np.array(COUNTS, dtype=np.float32)),
        obs=cells(),
        var=pd.DataFrame({"symbol": list("vwxyz")}, index=[f"g{i}" for i in range(5)]),
        dtype=np.float32,
    )
    made.obsm["X_umap"] = np.arange(12, dtype=np.float64).reshape(6, 2)
    made.layers["dense"] = np.array(COUNTS, dtype=np.int64)
    made.obsp["near"] = sparse.csr_matrix(np.eye(6))
    made.uns["title"] = "six cells"
    made.uns["nested"] = {"number": 3.25, "colors": np.array(["#ff0000", "#00ff00"])}
    made.write_zarr(path)


def kinds(path):
    root = zarr.open_group(str(path), mode="w")
    values = np.arange(60).reshape(6, 10)
    compressors = {
        "none": None,
        "zlib": numcodecs.Zlib(5),
        "gzip": numcodecs.GZip(5),
        "zstd": numcodecs.Zstd(3),
        "lz4": numcodecs.LZ4(),
        "bz2": numcodecs.BZ2(),
        **{f"blosc_{name}_{shuffle}": numcodecs.Blosc(name, 5, shuffle)
           for name in ("blosclz", "lz4", "lz4hc", "zlib", "zstd") for shuffle in (0, 1, 2)},
    }
    for name, compressor in compressors.items():
        root.create_dataset(f"by_codec/{name}", data=np.tile(values, (40, 1)).astype("<i4"), chunks=(100, 4), compressor=compressor)
    for kind in ("|b1", "|i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", ">f4", "<f8", ">f8"):
        name = {"<": "little_", ">": "big_", "|": ""}[kind[0]] + kind[1:]
        root.create_dataset(f"by_type/{name}", data=(values % 2 if kind == "|b1" else values).astype(kind), chunks=(4, 3))
    root.create_dataset("by_layout/columns_first", data=values, chunks=(4, 3), order="F")
    root.create_dataset("by_layout/nested", data=values, chunks=(4, 3), dimension_separator="/")
    root.create_dataset("by_layout/shuffled", data=values, chunks=(4, 3), filters=[numcodecs.Shuffle(8)], compressor=numcodecs.Zlib(5))
    missing = root.create_dataset("by_layout/missing", shape=(6, 10), chunks=(4, 3), dtype="<f8", fill_value=np.nan)
    missing[0:4, 0:3] = values[0:4, 0:3]
    root.create_dataset("texts/wide", data=np.array(["a", "Größe", "", "☃"]), chunks=(3,))
    root.create_dataset("texts/bytes", data=np.array([b"a", b"bcd", b"", b"e"]), chunks=(3,))
    root.create_dataset("texts/variable", data=np.array(["a", "Größe", "", "☃"], dtype=object), chunks=(3,), object_codec=numcodecs.VLenUTF8())


def zipped(store, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as made:
        for file in sorted(store.rglob("*")):
            if file.is_file():
                made.writestr(zipfile.ZipInfo(str(file.relative_to(store)), SAME_TIME), file.read_bytes())


def main():
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        for make in (modern, kinds):
            store = Path(folder) / make.__name__
            make(store)
            zipped(store, ODD / f"{make.__name__}.zarr.zip")
    whole = (ODD / "modern.zarr.zip").read_bytes()
    (ODD / "cut.zarr.zip").write_bytes(whole[: len(whole) * 2 // 3])


main()
