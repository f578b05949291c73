"""Tiny AnnData and 10x files: every layout the corpus misses, and every way a file can be wrong that we name.

usage: make_odd_anndata.py FOLDER

All of them describe the same 6 cells x 5 genes unless their name says otherwise:

           g0 g1 g2 g3 g4
    c0      1  .  .  2  .
    c1      .  3  .  .  .
    c2      .  .  .  .  .     a cell without values
    c3      .  .  4  .  5
    c4      6  .  .  .  .
    c5      .  7  8  .  .
"""
import os
import sys

import h5py
import numpy as np

OUT = sys.argv[1]
TEXT = h5py.string_dtype()
INDPTR = np.array([0, 2, 3, 3, 5, 6, 8], "i4")
INDICES = np.array([0, 3, 1, 2, 4, 0, 1, 2], "i4")
DATA = np.arange(1, 9, dtype="f4")
DENSE = np.zeros((6, 5), "f4")
for cell in range(6):
    for at in range(INDPTR[cell], INDPTR[cell + 1]):
        DENSE[cell, INDICES[at]] = DATA[at]
# The same matrix gene by gene.
CSC_INDPTR = np.array([0, 2, 4, 6, 7, 8], "i4")
CSC_INDICES = np.array([0, 4, 1, 5, 3, 5, 0, 3], "i4")
CSC_DATA = np.array([1, 6, 3, 7, 4, 8, 2, 5], "f4")
MASK = np.array([0, 1, 0, 0, 1, 0], bool)


def encode(node, kind, version):
    """Fixed-length attributes keep the files small, and other languages write them too."""
    node.attrs["encoding-type"] = np.bytes_(kind)
    node.attrs["encoding-version"] = np.bytes_(version)
    return node


def names(prefix, count):
    return np.array(["%s%d" % (prefix, i) for i in range(count)], "S4")


def array(group, name, values, **how):
    node = group.create_dataset(name, data=values, **how)
    return encode(node, "string-array" if node.dtype.kind in "SO" else "array", "0.2.0")


def frame(parent, name, count, prefix):
    group = encode(parent.create_group(name), "dataframe", "0.2.0")
    group.attrs["_index"] = np.bytes_("_index")
    group.attrs["column-order"] = np.zeros(0, "f8")
    array(group, "_index", names(prefix, count))
    return group


def order(group, *columns):
    group.attrs["column-order"] = np.array([c.encode() for c in columns])


def base(name, cells=6, genes=5, **how):
    f = h5py.File(os.path.join(OUT, name + ".h5ad"), "w", **how)
    encode(f, "anndata", "0.1.0")
    frame(f, "obs", cells, "c")
    frame(f, "var", genes, "g")
    return f


def sparse(parent, name, indptr=INDPTR, indices=INDICES, data=DATA, shape=(6, 5), kind="csr", **how):
    group = encode(parent.create_group(name), kind + "_matrix", "0.1.0")
    group.attrs["shape"] = np.array(shape)
    for member, values in dict(data=data, indices=indices, indptr=indptr).items():
        group.create_dataset(member, data=values, **how)
    return group


def matrix(name, **parts):
    with base(name) as f:
        sparse(f, "X", **parts)


def categorical(parent, name, codes, labels, ordered=False, **how):
    group = encode(parent.create_group(name), "categorical", "0.2.0")
    group.attrs["ordered"] = ordered
    array(group, "codes", codes)
    array(group, "categories", labels, **how)
    return group


def nullable(parent, name, kind, values, mask=MASK, **how):
    group = encode(parent.create_group(name), "nullable-" + kind, "0.1.0")
    group.create_dataset("values", data=values, **how)
    if mask is not None:
        group.create_dataset("mask", data=mask)
    return group


def modern():
    """One of everything since 0.8."""
    with h5py.File(os.path.join(OUT, "modern.h5ad"), "w") as f:
        encode(f, "anndata", "0.1.0")
        obs = frame(f, "obs", 6, "c")
        array(obs, "whole", np.array([3, -1, 4, 1, -5, 9]))
        array(obs, "real", np.array([0.5, np.nan, -1.5, np.inf, 2, 1e-3], "f4"))
        array(obs, "small", np.array([0, 255, 7, 8, 9, 10], "u1"))
        array(obs, "flag", np.array([1, 0, 0, 1, 1, 0], bool))
        array(obs, "text", ["x", "y", "x", "", "αβ", "y"], dtype=TEXT)
        array(obs, "fixed", np.array([b"x", b"y", b"x", b"", "é".encode(), b"y"], "S2"))
        categorical(obs, "cat", np.array([1, 0, -1, 1, 0, 0], "i1"), ["b", "a", "unused"], True, dtype=TEXT)
        categorical(obs, "cat_unsigned", np.array([0, 1, 255, 1, 0, 0], "u1"), names("l", 256))
        categorical(obs, "cat_whole", np.array([0, 1, -1, 1, 0, 0], "i2"), np.array([10, -20]))
        categorical(obs, "cat_real", np.array([0, 1, -1, 1, 0, 0], "i4"), np.array([0.5, 1.5]))
        categorical(obs, "cat_flag", np.array([0, 1, -1, 1, 0, 0], "i1"), np.array([False, True]))
        categorical(obs, "cat_twice", np.array([0, 1, 1, 1, 0, 0], "i1"), np.array([b"a", b"a"]))
        categorical(obs, "cat_none", np.full(6, -1, "i1"), np.zeros(0))
        group = encode(obs.create_group("cat_nullable"), "categorical", "0.2.0")
        group.attrs["ordered"] = False
        array(group, "codes", np.array([0, 1, -1, 1, 0, 0], "i1"))
        nullable(group, "categories", "string-array", np.array([b"p", b"q"]), np.zeros(2, bool))
        nullable(obs, "maybe_whole", "integer", np.arange(6))
        nullable(obs, "maybe_flag", "boolean", np.array([1, 1, 0, 1, 1, 0], bool))
        nullable(obs, "maybe_text", "string-array", np.array([b"a", b"", b"c", b"", b"", b"f"]))
        nullable(obs, "maskless", "integer", np.arange(6, dtype="u1"), None)
        obs.create_group("nCount")
        array(obs["nCount"], "RNA", np.arange(6))
        array(obs, "wide", np.zeros((6, 2)))
        encode(obs.create_group("ragged"), "awkward-array", "0.1.0")
        array(obs, "unlisted", np.arange(6))
        order(obs, "whole", "real", "small", "flag", "text", "fixed", "cat", "cat_unsigned", "cat_whole", "cat_real",
              "cat_flag", "cat_twice", "cat_none", "cat_nullable", "maybe_whole", "maybe_flag", "maybe_text", "maskless",
              "nCount/RNA", "wide", "ragged")
        var = frame(f, "var", 5, "g")
        array(var, "symbol", ["A", "B", "A", "", "E"], dtype=TEXT)
        array(var, "score", np.arange(5) / 2)
        array(var, "number", np.arange(5))
        categorical(var, "biotype", np.array([0, 1, -1, 0, 0], "i1"), np.array([b"coding", b"other"]))
        order(var, "symbol", "score", "number", "biotype")
        sparse(f, "X")
        raw = encode(f.create_group("raw"), "raw", "0.1.0")
        frame(raw, "var", 6, "r")
        sparse(raw, "X", indptr=np.array([0, 1, 1, 1, 1, 1, 2]), indices=np.array([5, 0]),
               data=np.array([9, 2**53 + 1]), shape=(6, 6))
        layers = encode(f.create_group("layers"), "dict", "0.1.0")
        sparse(layers, "by_gene", CSC_INDPTR, CSC_INDICES, CSC_DATA, kind="csc")
        array(layers, "dense", DENSE)
        array(layers, "dense_chunked", DENSE.astype("f8"), chunks=(4, 2), compression="gzip")
        array(layers, "dense_wide_type", DENSE.astype("i2"), chunks=(6, 1))
        obsm = encode(f.create_group("obsm"), "dict", "0.1.0")
        array(obsm, "X_umap", np.arange(12, dtype="f4").reshape(6, 2))
        array(obsm, "X_pca", np.arange(18).reshape(6, 3) / 4)
        array(obsm, "one", np.arange(6))
        array(obsm, "texts", names("t", 6))
        frame(obsm, "table", 6, "c")
        sparse(obsm, "sparse")
        obsp = encode(f.create_group("obsp"), "dict", "0.1.0")
        links = dict(indptr=np.array([0, 1, 2, 2, 2, 2, 2]), indices=np.array([1, 0]), data=np.array([0.5, 0.5]), shape=(6, 6))
        sparse(obsp, "connectivities", **links)
        sparse(obsp, "by_column", kind="csc", **links)
        f.create_group("uns/neighbors")
        f.create_group("not_ours")


def seven():
    """0.7: encodings on frames and sparse matrices only, categories by reference."""
    with h5py.File(os.path.join(OUT, "seven.h5ad"), "w") as f:
        for name, count, prefix in (("obs", 6, "c"), ("var", 5, "g")):
            group = f.create_group(name)
            encode(group, "dataframe", "0.1.0")
            group.attrs["_index"] = np.bytes_("index")
            group.create_dataset("index", data=names(prefix, count))
            group.attrs["column-order"] = np.zeros(0, "f8")
        obs = f["obs"]
        labels = obs.create_dataset("__categories/cat", data=np.array([b"b", b"a"]))
        labels.attrs["ordered"] = True
        obs.create_dataset("cat", data=np.array([1, 0, -1, 1, 0, 0], "i1")).attrs["categories"] = labels.ref
        numbers = obs.create_dataset("__categories/cat_whole", data=np.array([10, -20]))
        obs.create_dataset("cat_whole", data=np.array([0, 1, -1, 1, 0, 0], "i1")).attrs["categories"] = numbers.ref
        # A null reference, as copying tools leave it.
        obs.create_dataset("__categories/lost", data=np.array([b"p", b"q"]))
        obs.create_dataset("lost", data=np.array([0, 1, 0, 1, 0, 0], "i1")).attrs.create(
            "categories", h5py.Reference(), dtype=h5py.ref_dtype)
        # A path, as in Zarr.
        obs.create_dataset("__categories/by_path", data=np.array([b"p", b"q"]))
        obs.create_dataset("by_path", data=np.array([0, 1, 0, 1, 0, 0], "i1")).attrs["categories"] = np.bytes_(
            "__categories/by_path")
        obs.create_dataset("whole", data=np.arange(6))
        order(obs, "cat", "cat_whole", "lost", "by_path", "whole")
        sparse(f, "X")
        f.create_group("obsm").create_dataset("X_umap", data=np.arange(12, dtype="f4").reshape(6, 2))
        sparse(f.create_group("uns/neighbors"), "connectivities", indptr=np.array([0, 1, 2, 2, 2, 2, 2]),
               indices=np.array([1, 0]), data=np.array([0.5, 0.5]), shape=(6, 6))


def old_sparse(parent, name, kind, indptr, indices, data, shape):
    group = parent.create_group(name)
    group.attrs["h5sparse_format"] = np.bytes_(kind)
    group.attrs["h5sparse_shape"] = np.array(shape)
    for member, values in dict(data=data, indices=indices, indptr=indptr).items():
        group.create_dataset(member, data=values)


def six():
    """Before 0.7: compound tables, labels in uns, raw at the root, graphs in uns."""
    with h5py.File(os.path.join(OUT, "six.h5ad"), "w") as f:
        obs = np.zeros(6, [("index", "S4"), ("cat", "i1"), ("single", "i1"), ("shared", "i1"), ("counts", "i8"),
                           ("flag", "?"), ("real", "f4"), ("text", TEXT), ("big", ">i4")])
        obs["index"] = names("c", 6)
        obs["cat"] = [1, 0, -1, 1, 0, 0]
        obs["shared"] = [0, 1, 2, 3, 0, 0]
        obs["counts"] = np.arange(6)
        obs["flag"] = [1, 0, 0, 1, 1, 0]
        obs["real"] = [0.5, np.nan, -1.5, np.inf, 2, 1e-3]
        obs["text"] = ["x", "y", "x", "", "αβ", "y"]
        obs["big"] = [3, -1, 4, 1, -5, 9]
        f["obs"] = obs
        var = np.zeros(5, [("index", TEXT), ("shared", "i1")])
        var["index"] = ["g%d" % i for i in range(5)]
        var["shared"] = [0, 1, 1, 0, 0]
        f["var"] = var
        uns = f.create_group("uns")
        uns["cat_categories"] = np.array([b"b", b"a"])
        uns["single_categories"] = np.bytes_("only")
        # Two labels: they fit var, where codes are 0 and 1, and not obs, where they reach 3.
        uns["shared_categories"] = np.array([b"p", b"q"])
        old_sparse(f, "X", "csr", INDPTR, INDICES, DATA, (6, 5))
        old_sparse(f, "raw.X", "csc", np.array([0, 1, 2]), np.array([5, 0]), np.array([9, 8], "f4"), (6, 2))
        raw = np.zeros(2, [("index", "S4"), ("shared", "i1")])
        raw["index"] = names("r", 2)
        f["raw.var"] = raw
        obsm = np.zeros(6, [("X_umap", "f4", (2,)), ("X_pca", "f8", (3,)), ("one", "i4")])
        obsm["X_umap"] = np.arange(12).reshape(6, 2)
        obsm["X_pca"] = np.arange(18).reshape(6, 3) / 4
        obsm["one"] = np.arange(6)
        f["obsm"] = obsm
        old_sparse(uns.create_group("neighbors"), "connectivities", "csr", np.array([0, 1, 2, 2, 2, 2, 2]),
                   np.array([1, 0]), np.array([0.5, 0.5]), (6, 6))
        f.create_group("layers").create_dataset("dense", data=DENSE)


def sparse_kinds():
    """Sparse matrices that are unusual and right."""
    matrix("unsorted", indices=np.array([3, 0, 1, 4, 2, 0, 2, 1], "i4"),
           data=np.array([2, 1, 3, 5, 4, 6, 8, 7], "f4"))
    # c0 has g3 twice: 1 + 2; c5 has g1 twice: 7 + 8.
    matrix("duplicates", indices=np.array([3, 3, 1, 2, 4, 0, 1, 1], "i4"))
    # Summed in int8: 100 + 100 wraps to -56; the order of 2, 4, 2 must not matter for the other value.
    matrix("duplicates_int8", indptr=np.array([0, 3, 3, 3, 3, 3, 3]), indices=np.array([2, 4, 2]),
           data=np.array([100, 7, 100], "i1"))
    matrix("duplicates_uint16", indptr=np.array([0, 2, 2, 2, 2, 2, 2]), indices=np.array([2, 2]),
           data=np.array([65535, 2], "u2"))
    matrix("duplicates_bool", indptr=np.array([0, 2, 2, 2, 2, 2, 2]), indices=np.array([2, 2]), data=np.array([True, True]))
    # -0.0 alone stays; twice it becomes 0.0, since sums start at 0.0.
    matrix("duplicates_zero", indptr=np.array([0, 3, 3, 3, 3, 3, 3]), indices=np.array([1, 2, 2]),
           data=np.array([-0.0, -0.0, -0.0], "f4"))
    # 1e8 + 1 - 1e8 is 0 in float32 in this order.
    matrix("duplicates_order", indptr=np.array([0, 3, 3, 3, 3, 3, 3]), indices=np.array([2, 2, 2]),
           data=np.array([1e8, 1, -1e8], "f4"))
    matrix("explicit_zeros", data=np.array([0, 2, 3, 0, 5, 6, 7, 0], "f4"))
    matrix("not_finite", data=np.array([np.nan, np.inf, -np.inf, -1, 5, 6, 7, 8], "f4"))
    for name, dtype in (("uint8", "u1"), ("uint16", "u2"), ("uint32", "u4"), ("uint64", "u8"), ("int64", "i8"), ("int16", "i2")):
        matrix("positions_" + name, indices=INDICES.astype(dtype), indptr=INDPTR.astype(dtype))
        matrix("values_" + name, data=DATA.astype(dtype))
    matrix("values_int64_big", data=np.full(8, 2**53 + 1))
    matrix("values_float16", data=DATA.astype("f2"))
    matrix("values_float64", data=DATA.astype("f8"))
    matrix("values_bool", data=DATA > 3)
    matrix("big_endian", indices=INDICES.astype(">i4"), data=DATA.astype(">f4"), indptr=INDPTR.astype(">i8"))
    matrix("float_indptr", indptr=INDPTR.astype("f8"))
    matrix("by_gene", indptr=CSC_INDPTR, indices=CSC_INDICES, data=CSC_DATA, kind="csc")
    # g0 holds c4 before c0, and c1 twice: 3 + 7.
    matrix("by_gene_unsorted", indptr=CSC_INDPTR, indices=np.array([4, 0, 1, 1, 3, 5, 0, 3]),
           data=np.array([6, 1, 3, 7, 4, 8, 2, 5], "f4"), kind="csc")
    matrix("no_values", indptr=np.zeros(7, int), indices=INDICES[:0], data=DATA[:0])
    matrix("chunks_of_3", chunks=(3,), compression="gzip", shuffle=True)
    with base("zero_cells", cells=0) as f:
        sparse(f, "X", indptr=np.zeros(1, int), indices=INDICES[:0], data=DATA[:0], shape=(0, 5))
    with base("zero_genes", genes=0) as f:
        array(f, "X", np.zeros((6, 0), "f4"))
    with base("no_X"):
        pass
    with base("null_X") as f:
        encode(f.create_dataset("X", data=h5py.Empty("f")), "null", "0.1.0")
    with base("dense_column_chunks", 60, 50) as f:
        values = np.arange(3000, dtype="i4").reshape(60, 50) % 7
        array(f, "X", values, chunks=(60, 1))
        layers = f.create_group("layers")
        array(layers, "tiles", values, chunks=(8, 16), compression="gzip")
        array(layers, "rows", values)
    with base("negative_zero_dense") as f:
        array(f, "X", np.where(DENSE == 0, -0.0, DENSE).astype("f4"))


def sparse_faults():
    matrix("index_out_of_range", indices=np.array([0, 3, 1, 5, 4, 0, 1, 2], "i4"))
    matrix("index_negative", indices=np.array([0, 3, 1, -1, 4, 0, 1, 2], "i4"))
    matrix("index_out_of_range_int64", indices=np.array([0, 3, 1, 2**40, 4, 0, 1, 2]))
    matrix("by_gene_index_out_of_range", indptr=CSC_INDPTR, indices=np.array([0, 4, 1, 5, 3, 6, 0, 3]), data=CSC_DATA,
           kind="csc")
    matrix("indptr_decreasing", indptr=np.array([0, 3, 2, 3, 5, 6, 8]))
    matrix("indptr_not_from_zero", indptr=np.array([1, 2, 3, 3, 5, 6, 8]))
    matrix("indptr_too_short", indptr=INDPTR[:-1])
    matrix("indptr_beyond_data", indptr=np.array([0, 2, 3, 3, 5, 6, 80]))
    matrix("indptr_before_end", indptr=np.array([0, 2, 3, 3, 5, 6, 7]))
    matrix("indptr_wrapped", indptr=np.array([0, 2_000_000_000, -294_967_296, 3, 5, 6, 8], "i4"))
    matrix("indptr_fraction", indptr=INDPTR + np.array([0, .5, 0, 0, 0, 0, 0]))
    matrix("indptr_text", indptr=names("p", 7))
    with base("indptr_wrapped_big") as f:
        # More than 2^31 values that were never written take no room.
        group = encode(f.create_group("X"), "csr_matrix", "0.1.0")
        group.attrs["shape"] = np.array((6, 5))
        for member, dtype in (("data", "f4"), ("indices", "i4")):
            group.create_dataset(member, shape=(2**31 + 10,), dtype=dtype, chunks=(2**20,))
        group["indptr"] = np.array([0, 2**31 - 1, 5, 6, 7, 8, 10], "i4")
    matrix("data_too_short", data=DATA[:-2])
    matrix("shape_other_cells", shape=(7, 5))
    matrix("shape_other_genes", shape=(6, 4))
    matrix("shape_huge", shape=(2**50, 5))
    matrix("indices_real", indices=INDICES.astype("f4"))
    matrix("data_text", data=names("v", 8))
    with base("shape_missing") as f:
        del sparse(f, "X").attrs["shape"]
    with base("indices_missing") as f:
        del sparse(f, "X")["indices"]
    with base("encoding_missing") as f:
        del sparse(f, "X").attrs["encoding-type"]
    with base("encoding_unknown") as f:
        sparse(f, "X").attrs["encoding-type"] = np.bytes_("future_matrix")
    with base("encoding_newer") as f:
        sparse(f, "X").attrs["encoding-version"] = np.bytes_("9.9.9")
    with base("dense_3d") as f:
        sparse(f, "X")
        f.create_group("layers").create_dataset("cube", data=np.zeros((6, 5, 2)))
    with base("dense_other_shape") as f:
        array(f, "X", np.zeros((6, 4)))
    with base("dense_text") as f:
        array(f, "X", np.full((6, 5), b"x"))
    with base("external_link") as f:
        f["X"] = h5py.ExternalLink("elsewhere.h5", "/X")
    with base("link_cycle") as f:
        f["X"] = h5py.SoftLink("/Y")
        f["Y"] = h5py.SoftLink("/X")
    with base("raw_twice") as f:
        sparse(f, "X")
        raw = f.create_group("raw")
        frame(raw, "var", 5, "n")
        sparse(raw, "X")
        old_sparse(f, "raw.X", "csr", INDPTR, INDICES, DATA, (6, 5))
        old = np.zeros(5, [("index", "S4")])
        old["index"] = names("o", 5)
        f["raw.var"] = old
    with base("raw_without_var") as f:
        sparse(f, "X")
        sparse(f.create_group("raw"), "X")
    with base("several_faults", cells=7) as f:
        sparse(f, "X", data=DATA[:-2])
        order(f["obs"], "ghost")
        sparse(f.create_group("layers"), "cut", indptr=INDPTR[:-1])
        f.create_group("obsm").create_dataset("X_umap", data=np.zeros((5, 2)))
        del f["var/_index"]
    with h5py.File(os.path.join(OUT, "unknown_filter.h5ad"), "w") as f:
        encode(f, "anndata", "0.1.0")
        frame(f, "obs", 6, "c")
        frame(f, "var", 5, "g")
        group = sparse(f, "X")
        del group["data"]
        space = h5py.h5s.create_simple((8,))
        how = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        how.set_chunk((8,))
        how.set_obj_track_times(False)
        # Filter 399 is registered to nobody here; marking it optional lets the library create the array.
        how.set_filter(399, h5py.h5z.FLAG_OPTIONAL, ())
        made = h5py.h5d.create(group.id, b"data", h5py.h5t.IEEE_F32LE, space, how)
        h5py.Dataset(made).id.write_direct_chunk((0,), DATA.tobytes())


def frame_faults():
    with base("obs_missing") as f:
        sparse(f, "X")
        del f["obs"]
    with base("var_missing") as f:
        sparse(f, "X")
        del f["var"]
    with base("obs_array") as f:
        sparse(f, "X")
        del f["obs"]
        f["obs"] = np.arange(6)
    with base("index_missing") as f:
        sparse(f, "X")
        del f["obs/_index"]
    with base("index_missing_and_more") as f:
        sparse(f, "X")
        order(f["obs"], "ghost")
        del f["obs/_index"]
    with base("index_attribute_missing") as f:
        sparse(f, "X")
        del f["obs"].attrs["_index"]
    with base("index_ordinary_column") as f:
        sparse(f, "X")
        f["obs"].attrs["_index"] = np.bytes_("name")
        order(f["obs"], "whole", "name")
        array(f["obs"], "whole", np.arange(6))
        array(f["obs"], "name", names("n", 6))
        del f["obs/_index"]
    with base("index_nullable") as f:
        sparse(f, "X")
        for name, count, prefix in (("obs", 6, "c"), ("var", 5, "g")):
            del f[name]["_index"]
            nullable(f[name], "_index", "string-array", names(prefix, count), np.zeros(count, bool))
    with base("index_categorical") as f:
        sparse(f, "X")
        del f["var/_index"]
        categorical(f["var"], "_index", np.array([2, 1, 0, 4, 3], "i1"), names("g", 5))
    with base("index_whole") as f:
        sparse(f, "X")
        del f["var/_index"]
        array(f["var"], "_index", np.arange(100, 105))
    with base("index_real") as f:
        sparse(f, "X")
        del f["var/_index"]
        array(f["var"], "_index", np.arange(5) / 2)
    with base("names_duplicate") as f:
        sparse(f, "X")
        for name, values in (("obs", [b"a", b"a", b"b", b"c", b"d", b"a"]), ("var", [b"g", b"h", b"h", b"i", b"j"])):
            del f[name]["_index"]
            array(f[name], "_index", np.array(values))
    with base("order_missing") as f:
        sparse(f, "X")
        array(f["obs"], "b", np.arange(6))
        array(f["obs"], "a", np.arange(6))
        del f["obs"].attrs["column-order"]
    with base("column_faults") as f:
        sparse(f, "X")
        obs = f["obs"]
        array(obs, "short", np.arange(4))
        categorical(obs, "code_too_big", np.array([0, 1, 9, 1, 0, 0], "i1"), np.array([b"a", b"b"]))
        categorical(obs, "code_too_small", np.array([0, 1, -5, 1, 0, 0], "i1"), np.array([b"a", b"b"]))
        nullable(obs, "short_mask", "integer", np.arange(6), MASK[:4])
        array(obs, "fine", np.arange(6))
        order(obs, "ghost", "short", "code_too_big", "code_too_small", "short_mask", "fine")
        f.create_group("obsm").create_dataset("X_short", data=np.zeros((4, 2)))
    with base("many_texts", cells=0, genes=0) as f:
        array(f["obs"], "free", np.char.mod("%x", np.arange(65_537)).astype("S5"), chunks=(65_537,), compression=9, shuffle=True)
        del f["obs/_index"]
        array(f["obs"], "_index", np.full(65_537, b"c"), chunks=(65_537,), compression=9)
        order(f["obs"], "free")


def tenx_matrix(parent, name, barcodes=6, cells=6, wrong=None):
    group = parent.create_group(name)
    group["data"] = DATA.astype("i4")
    group["indices"] = INDICES.astype("i8")
    group["indptr"] = INDPTR.astype("i8") if wrong is None else wrong
    group["shape"] = np.array([5, cells], "i4")
    if barcodes:
        group["barcodes"] = names("c", barcodes)
    return group


def tenx():
    def file(name):
        return h5py.File(os.path.join(OUT, name + ".h5"), "w")

    def features(group):
        inner = group.create_group("features")
        inner["_all_tag_keys"] = np.array([b"genome"])
        inner["id"] = names("g", 5)
        inner["name"] = np.array([b"A", b"B", b"A", b"", b"E"])
        inner["feature_type"] = np.array([b"Gene Expression"] * 4 + [b"Antibody Capture"])
        inner["genome"] = np.array([b"hg"] * 4 + [b""])

    with file("tenx_v3") as f:
        features(tenx_matrix(f, "matrix"))
    with file("tenx_no_barcodes") as f:
        features(tenx_matrix(f, "matrix", barcodes=0))
    with file("tenx_other_barcodes") as f:
        features(tenx_matrix(f, "matrix", barcodes=5))
    with file("tenx_indptr_beyond_data") as f:
        features(tenx_matrix(f, "matrix", wrong=np.array([0, 2, 3, 3, 5, 6, 80])))
    with file("tenx_no_features") as f:
        tenx_matrix(f, "matrix")
    for name, genomes in (("tenx_v2", ["hg19"]), ("tenx_v2_two_genomes", ["hg19", "mm10"])):
        with file(name) as f:
            for genome in genomes:
                group = tenx_matrix(f, genome)
                group["genes"] = names("g", 5)
                group["gene_names"] = np.array([b"A", b"B", b"A", b"", b"E"])
    with file("molecule_info") as f:
        for name in ("barcode_idx", "feature_idx", "umi", "count"):
            f[name] = np.arange(3)
    with file("unrelated") as f:
        f["temperature"] = np.arange(3)
    with file("nothing"):
        pass


def cut():
    """A sound file that lost its last third on the way."""
    with open(os.path.join(OUT, "modern.h5ad"), "rb") as whole:
        data = whole.read()
    with open(os.path.join(OUT, "cut.h5ad"), "wb") as part:
        part.write(data[:len(data) * 2 // 3])
    with open(os.path.join(OUT, "tenx_v3.h5"), "rb") as whole:
        data = whole.read()
    with open(os.path.join(OUT, "tenx_cut.h5"), "wb") as part:
        part.write(data[:len(data) * 2 // 3])


def tall():
    """10,000 cells; the table `tall` has a chunk of 80,000 bytes for each of 900 columns, 72 MB in a row."""
    with h5py.File(os.path.join(OUT, "tall.h5ad"), "w") as f:
        encode(f, "anndata", "0.1.0")
        obs = encode(f.create_group("obs"), "dataframe", "0.2.0")
        obs.attrs["_index"] = np.bytes_("_index")
        obs.attrs["column-order"] = np.zeros(0, "f8")
        array(obs, "_index", np.char.mod("c%d", np.arange(10_000)).astype("S5"), compression="gzip")
        frame(f, "var", 5, "g")
        counts = np.zeros((10_000, 5), "f4")
        counts[::1000, 1] = 3
        array(f, "X", counts, chunks=(1000, 5), compression="gzip")
        rows, columns = np.ogrid[:10_000, :900]
        obsm = encode(f.create_group("obsm"), "dict", "0.1.0")
        array(obsm, "X_tall", (rows // 2500 + 0.5 * columns), chunks=(10_000, 1), compression="gzip",
              compression_opts=9, shuffle=True)
        array(obsm, "X_umap", np.hstack([rows * 0.5, rows % 7]).astype("f4"), compression="gzip", shuffle=True)


os.makedirs(OUT, exist_ok=True)
for make in (modern, seven, six, sparse_kinds, sparse_faults, frame_faults, tenx, cut, tall):
    make()
