#!/usr/bin/env python3
"""Makes data sets of 6 cells x 5 genes in src/test/resources/members, about what else AnnData files hold:

rows.h5ad        tables of records (compound types) of every kind of field and shape, as h5py writes them
rows.zarr.zip    those of them that anndata takes, as it writes them to Zarr
groups.h5ad      what scanpy's rank_genes_groups leaves: five tables of 40 genes for 3 groups, some in chunks
odd.h5ad         one member of every kind that is no element of AnnData, named by what it is
odd.zarr.zip     the same for Zarr
loop.h5ad        a group in uns that is its own member, twice
damaged.h5ad     a table of records whose texts lead out of the file
offset.h5ad      a table of records whose last field lies behind the end of its rows
absurd.h5ad      members whose headers say what cannot be, or what nobody could store, one of each
halves.h5ad      categories and nullable arrays of which one half is of a kind that AnnData does not know
raw_link.h5ad    raw is a link into a file that is not there
raw_array.h5ad   raw is an array
misfits.h5ad     members of every kind whose shapes do not fit cells or genes, one or the other, and some that do
named.h5ad       the column that names the cells is one of the columns in their order, and not the first

    src/test/scripts/make_members.py
"""

import shutil
import tempfile
import warnings
import zipfile
from pathlib import Path

import anndata
import h5py
import numcodecs
import numpy as np
import pandas as pd
import scipy.sparse as sparse
import zarr
from anndata._io.specs import write_elem

warnings.simplefilter("ignore")
HERE = Path(__file__).resolve().parent.parent / "resources" / "members"
SAME_TIME = (2026, 1, 1, 0, 0, 0)
TEXT = h5py.string_dtype()
COUNTS = [[1, 0, 0, 2, 0], [0, 3, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 4, 0, 5], [6, 0, 0, 0, 0], [0, 7, 8, 0, 0]]


def plain():
    return anndata.AnnData(
        sparse.csr_matrix(np.array(COUNTS, dtype=np.float32)),
        obs=pd.DataFrame({"depth": np.arange(6.0)}, index=[f"c{i}" for i in range(6)]),
        var=pd.DataFrame(index=[f"g{i}" for i in range(5)]),
        dtype=np.float32,
    )


def rec_array(group, name, values, dtype, **how):
    made = group.create_dataset(name, data=np.array(values, dtype=dtype), dtype=dtype, track_times=False, **how)
    made.attrs["encoding-type"] = "rec-array"
    made.attrs["encoding-version"] = "0.2.0"
    return made


def numbers():
    """Every type of number that a field can have, two rows: the smallest and the largest, or what is odd."""
    kinds = "i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8".split()
    dtype = [(kind, "<" + kind) for kind in kinds]
    ends = [np.iinfo(kind) if kind[0] in "iu" else np.finfo(kind) for kind in kinds]
    odd = [0 if kind[0] in "iu" else value for kind, value in zip(kinds, [0] * 8 + [np.nan, -0.0, np.inf])]
    return [tuple(end.min for end in ends), tuple(end.max for end in ends), tuple(odd)], dtype


def rows(path):
    plain().write(path)
    with h5py.File(path, "r+") as file:
        uns = file["uns"]
        rec_array(uns, "numbers", *numbers())
        big = [(name, kind.replace("<", ">")) for name, kind in numbers()[1]]
        rec_array(uns, "big_endian", numbers()[0], big)
        rec_array(uns, "flags", [(True, False), (False, True)], [("yes", "?"), ("no", "?")])
        rec_array(uns, "texts", [("a", "größer"), ("", "名前"), ("🧬🧬", "x")], [("0", TEXT), ("1", TEXT)])
        rec_array(uns, "empty_texts", [("", 1), ("", 2)], [("nothing", TEXT), ("n", "i4")])
        rec_array(uns, "fixed", [(b"abc", 1), (b"de", 2)], [("short", "S5"), ("n", "i2")])
        rec_array(uns, "names", [(1, 2, 3, 4, 5)], [(n, "i2") for n in ("0", "T cells", "/", ".zarray", "名")])
        arrays = [("one", "f4", (3,)), ("two", "i2", (2, 2)), ("three", "u1", (2, 1, 2)), ("single", "f8", (1,)), ("n", "i8")]
        small = [([1, 2, 3], [[4, 5], [6, 7]], [[[1, 2]], [[3, 4]]], [8], 9)]
        small.append(([0, 0, 1], [[2, 3], [4, 5]], [[[5, 6]], [[7, 8]]], [6], 7))
        rec_array(uns, "arrays", small, arrays)
        padded = np.dtype({"names": ["a", "b"], "formats": ["i1", "f8"], "offsets": [0, 8], "itemsize": 24})
        rec_array(uns, "padded", [(1, 2.5), (3, 4.5)], padded)
        rec_array(uns, "single_row", (7, "seven"), [("n", "i4"), ("word", TEXT)])
        table = [[(row * 3 + column, "t%d" % (row + column)) for column in range(3)] for row in range(4)]
        rec_array(uns, "two_dimensions", table, [("n", "i4"), ("word", TEXT)])
        rec_array(uns, "no_rows", [], [("n", "i4"), ("word", TEXT)], maxshape=(None,), chunks=(4,))
        many = [(i, "row %d" % i, i / 7) for i in range(1000)]
        how = dict(chunks=(64,), compression="gzip", shuffle=True)
        rec_array(uns, "chunked", many, [("n", "i4"), ("word", TEXT), ("real", "f8")], **how)
        rec_array(file["obsm"], "per_cell", [(i / 2, i) for i in range(6)], [("a", "f4"), ("b", "i8")])
        rec_array(file["varm"], "per_gene", [("g%d" % i, i) for i in range(5)], [("name", TEXT), ("b", "u1")])


def written_by_anndata(source, path):
    """anndata cannot read or write all of them: fields of arrays, fields without texts, single rows."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "some.h5ad"
        shutil.copy(source, copy)
        with h5py.File(copy, "r+") as file:
            for name in ("single_row", "no_rows", "two_dimensions", "empty_texts", "big_endian", "arrays", "padded"):
                del file["uns"][name]
        anndata.read_h5ad(copy).write_zarr(path)


def groups(path):
    data = plain()
    random = np.random.default_rng(11)
    names = ["T cells", "B/NK", "名"]
    genes = np.array([("gene%02d" % i, "lincRNA-%d" % (i * i), "ÿ%d" % i) for i in range(40)], dtype=object)
    ranked = {"params": {"groupby": "kind", "method": "t-test", "use_raw": True}}
    ranked["names"] = np.rec.fromarrays(list(genes.T), dtype=[(n, "O") for n in names])
    for key, kind in (("scores", "<f4"), ("pvals", "<f8"), ("pvals_adj", "<f8"), ("logfoldchanges", "<f4")):
        ranked[key] = np.rec.fromarrays(list(random.normal(size=(3, 40))), dtype=[(n, kind) for n in names])
    data.uns["rank_genes_groups"] = ranked
    data.obsm["rec"] = np.array([(i / 2, i) for i in range(6)], dtype=[("a", "<f4"), ("b", "<i8")])
    data.write(path)


def odd(path):
    plain().write(path)
    with h5py.File(path, "r+") as file:
        uns = file["uns"]
        file["obs"].attrs["note"] = "kept by nobody"
        file.attrs["pipeline"] = "v7"
        uns.attrs["made_by"] = [1, 2, 3]
        uns.create_dataset("attributed", data=np.arange(3)).attrs["unit"] = "µm"
        uns.create_dataset("references", data=np.array([file["X"].ref, uns.ref], dtype=h5py.ref_dtype), dtype=h5py.ref_dtype)
        region = file["X/data"].regionref[0:2]
        uns.create_dataset("regions", (1,), dtype=h5py.regionref_dtype)[0] = region
        uns.create_dataset("opaque", data=np.array([b"\x01\x02"], dtype="V2"))
        times = np.array(["2026-01-01", "2026-01-02"], dtype="datetime64[s]")
        uns.create_dataset("datetimes", data=times.astype(h5py.opaque_dtype(times.dtype)))
        uns.create_dataset("complex", data=np.array([1 + 2j, 3 - 4j], dtype="c8"))
        uns.create_dataset("nested", data=np.array([((1, 2), 3)], dtype=[("inner", [("x", "i4"), ("y", "i4")]), ("z", "i4")]))
        ragged = uns.create_dataset("ragged", (2,), dtype=h5py.vlen_dtype("i4"))
        ragged[0], ragged[1] = [1, 2], [3]
        uns.create_dataset("enumeration", data=np.array([0, 1, 2]), dtype=h5py.enum_dtype({"low": 0, "mid": 1, "high": 2}))
        uns.create_dataset("no_space", data=h5py.Empty("f8"))
        bits = h5py.h5t.STD_B8LE.copy()
        h5py.h5d.create(uns.id, b"bits", bits, h5py.h5s.create_simple((2,)))
        moment = h5py.h5t.UNIX_D32LE.copy()
        h5py.h5d.create(uns.id, b"moments", moment, h5py.h5s.create_simple((2,)))
        uns.create_dataset("wide_real", data=np.array([1, 2], dtype=np.longdouble))
        uns["type"] = np.dtype("f8")
        uns.create_dataset("of_named_type", data=np.arange(3.0), dtype=uns["type"])
        uns["soft"] = h5py.SoftLink("/uns/attributed")
        uns["nowhere"] = h5py.SoftLink("/uns/not_there")
        uns["outside"] = h5py.ExternalLink("other.h5", "/x")
        uns["twice"] = uns["attributed"]
        awkward = uns.create_group("awkward")
        awkward.attrs.update({"encoding-type": "awkward-array", "encoding-version": "0.1.0", "form": "{}", "length": 2})
        awkward.create_dataset("node0-data", data=np.arange(3))
        new = uns.create_group("new_kind")
        new.attrs.update({"encoding-type": "from-the-future", "encoding-version": "0.3.0"})
        new.create_dataset("values", data=np.arange(3))
        newer = uns.create_dataset("new_array", data=np.arange(3))
        newer.attrs.update({"encoding-type": "from-the-future", "encoding-version": "0.3.0"})
        sums = uns.create_group("sparse_and_more")
        sums.attrs.update({"encoding-type": "csr_matrix", "encoding-version": "0.1.0", "shape": [1, 2]})
        for name, values in (("data", [1.0]), ("indices", [0]), ("indptr", [0, 1]), ("extra", [5])):
            sums.create_dataset(name, data=np.array(values))
        file["obs"].create_dataset("not_in_order", data=np.arange(6))
        raw = file.create_group("raw")
        raw.attrs.update({"encoding-type": "raw", "encoding-version": "0.1.0"})
        file.copy("X", raw, "X")
        file.copy("var", raw, "var")
        raw.create_group("obsm").create_dataset("stray", data=np.arange(6))
        file.create_dataset("stranger", data=np.arange(2))


def odd_store(path):
    plain().write_zarr(path)
    root = zarr.open_group(str(path), mode="r+")
    uns = root["uns"]
    uns.attrs["made_by"] = "nobody"
    uns.array("complex", np.array([1 + 2j], dtype="c8"))
    uns.array("datetimes", np.array(["2026-01-01"], dtype="datetime64[ns]"))
    uns.array("spans", np.array([5], dtype="timedelta64[s]"))
    uns.array("void", np.array([b"\x01\x02"], dtype="V2"))
    uns.array("pickled", np.array([{"a": 1}], dtype=object), object_codec=numcodecs.Pickle())
    uns.array("json", np.array(["a", None], dtype=object), object_codec=numcodecs.JSON())
    uns.array("bytes", np.array([b"ab"], dtype=object), object_codec=numcodecs.VLenBytes())
    uns.array("lists", np.array([np.array([1, 2]), np.array([3])], dtype=object), object_codec=numcodecs.VLenArray("i4"))
    uns.array("nested", np.array([((1, 2), 3)], dtype=[("inner", [("x", "i4"), ("y", "i4")]), ("z", "i4")]))
    uns.array("big_endian_rows", np.array([(1, 2.5)], dtype=[("x", ">i4"), ("y", ">f8")]))
    filled = uns.create("filled_rows", shape=3, chunks=1, dtype=[("x", "i4"), ("y", "f8")], fill_value=(7, 0.5))
    filled[1] = (1, 2.5)
    uns.array("arrays", np.array([([1, 2, 3], 4)], dtype=[("one", "f4", (3,)), ("n", "i8")]))
    uns.array("lossy", np.arange(4.0), filters=[numcodecs.Quantize(2, "f8")])
    new = uns.create_group("new_kind")
    new.attrs.update({"encoding-type": "from-the-future", "encoding-version": "0.3.0"})
    new.array("values", np.arange(3))
    (path / "uns" / "folder").mkdir()
    (path / "uns" / "folder" / "notes.txt").write_text("no metadata here")
    zarr.consolidate_metadata(str(path))


def loop(path):
    plain().write(path)
    with h5py.File(path, "r+") as file:
        group = file["uns"].create_group("loop")
        group.create_dataset("inside", data=np.arange(2))
        group["one"] = group
        group["two"] = group


def damaged(path):
    plain().write(path)
    with h5py.File(path, "r+") as file:
        rec_array(file["uns"], "table", [("alpha", 1), ("beta", 2)], [("word", TEXT), ("number", "i4")])
        place = file["uns/table"].id.get_offset()
    data = bytearray(path.read_bytes())
    # A text of a row: length (4 bytes), address of its heap (8), number in it (4); then the number.
    data[place + 4 : place + 12] = (1 << 40).to_bytes(8, "little")
    path.write_bytes(data)


def shifted(path):
    """The offset of the last field, one byte or four behind its name, points behind the row."""
    plain().write(path)
    with h5py.File(path, "r+") as file:
        rec_array(file["uns"], "table", [(1, 2), (3, 4)], [("first_field", "i4"), ("last_field", "i4")])
    data = path.read_bytes()
    name = data.index(b"last_field\0")
    at = name + 16  # names are padded to eight bytes; the offset has four
    assert data[at : at + 4] == (4).to_bytes(4, "little"), data[at : at + 4]
    path.write_bytes(data[:at] + (6).to_bytes(4, "little") + data[at + 4 :])


def halves(path):
    """Labels and values are complex numbers; codes and masks could be carried."""
    plain().write(path)
    with h5py.File(path, "r+") as file:
        for parent, count in (("uns", 3), ("obs", len(COUNTS))):
            codes = file[parent].create_group("category")
            codes.attrs.update({"encoding-type": "categorical", "encoding-version": "0.2.0", "ordered": False})
            codes.create_dataset("codes", data=np.arange(count, dtype="i1") % 2)
            codes.create_dataset("categories", data=np.array([1 + 2j, 3]))
            nullable = file[parent].create_group("nullable")
            nullable.attrs.update({"encoding-type": "nullable-integer", "encoding-version": "0.1.0"})
            nullable.create_dataset("mask", data=np.arange(count) == 1)
            nullable.create_dataset("values", data=np.arange(count) * 1j)
        order = [name for name in file["obs"].attrs["column-order"]] + ["category", "nullable"]
        file["obs"].attrs.create("column-order", order, dtype=TEXT)


def misfits(path):
    """AnnData opens nothing of a file with any of them. What is called right fits."""
    cells, genes = np.array(COUNTS).shape
    data = plain()
    data.obsm["right"] = np.ones((cells, 2))
    data.obsm["right_frame"] = pd.DataFrame({"x": np.arange(float(cells))}, index=data.obs_names)
    data.obsp["right"] = sparse.csr_matrix(np.eye(cells))
    data.varm["right"] = np.ones((genes, 2))
    data.varp["right"] = np.eye(genes)
    data.layers["right"] = sparse.csr_matrix(np.array(COUNTS))
    data.raw = data.copy()
    data.write(path)
    with h5py.File(path, "r+") as file:
        for parent, shape in (
            ("obsm", (cells - 1, 2)),
            ("varm", (genes + 1, 2)),
            ("obsp", (cells, cells - 1)),
            ("varp", (genes + 1, genes)),
            ("layers", (cells, genes + 1)),
            ("raw/varm", (genes - 1, 2)),
        ):
            write_elem(file[parent], "dense", np.ones(shape))
            write_elem(file[parent], "sparse", sparse.csr_matrix(np.ones(shape)))
        frame = data.obsm["right_frame"]
        write_elem(file["obsm"], "frame", frame.iloc[:3])
        write_elem(file["obsm"], "frame_with_column", frame)
        del file["obsm/frame_with_column/x"]
        write_elem(file["obsm/frame_with_column"], "x", np.arange(3.0))
        write_elem(file["obsm"], "value", 3.0)
        write_elem(file["obsm"], "group", {"x": np.arange(3.0)})
        write_elem(file["obsm"], "one_dimension_right", np.arange(float(cells)))


def absurd(path):
    """Shapes come from headers alone: nothing is stored. What h5py refuses to write is patched into the bytes."""
    plain().write(path)
    with h5py.File(path, "r+") as file:
        uns = file["uns"]
        huge, wide = 1 << 50, (2, 1 << 40)
        records = [("n", "i4"), ("word", TEXT)]
        for name, shape, dtype in (
            ("numbers_too_many", (huge,), "f8"),
            ("numbers_too_wide", wide, "f4"),
            ("numbers_none_too_wide", (0, 1 << 40, 1 << 40), "f4"),
            ("texts_too_wide", wide, TEXT),
            ("records_too_many", (huge,), records),
            ("records_too_wide", wide, records),
        ):
            cut = tuple(min(extent or 1, 1 << (20 if len(shape) == 1 else 10)) for extent in shape)
            uns.create_dataset(name, shape, dtype=dtype, chunks=cut, maxshape=(None,) * len(shape))
        codes = uns.create_group("codes_too_wide")
        codes.attrs.update({"encoding-type": "categorical", "encoding-version": "0.2.0", "ordered": False})
        codes.create_dataset("codes", wide, dtype="i1", chunks=(1, 1 << 16))
        codes.create_dataset("categories", data=np.array(["a"], dtype=object), dtype=TEXT)
        negative = uns.create_group("sparse_negative")
        negative.attrs.update({"encoding-type": "csr_matrix", "encoding-version": "0.1.0", "shape": [-3, 2]})
        for name, values in (("data", [1.0]), ("indices", [0]), ("indptr", [0, 1])):
            negative.create_dataset(name, data=np.array(values))
        rec_array(uns, "arrays_of_records", [([(1, 2), (3, 4)], 5)], [("inner", [("x", "i4"), ("y", "i4")], (2,)), ("n", "i4")])
        rec_array(uns, "arrays_of_texts", [([b"ab", b"c", b"d"], 1)], [("texts", "S5", (3,)), ("n", "i4")])
        rec_array(uns, "seven_dimensions", [(np.ones((2, 1, 2, 1, 2, 1, 2)), 4)], [("a", "i1", (2, 1, 2, 1, 2, 1, 2)), ("n", "i4")])
        rec_array(uns, "long_texts", [[(b"x" * (257 if i == 7 else 1),) for i in range(1024)]], [("word", TEXT)])
        for name in ("no_fields", "three_of_two", "no_bytes", "rows_of_9", "too_long", "same_names", "field_of_no_bytes", "class_15"):
            rec_array(uns, name, [(1, 2), (3, 4)], [(name + "_a", "i4"), (name + "_b", "i4")])
        for name in ("extents_too_large", "extents_of_nothing", "dimensions_255"):
            rec_array(uns, name, [(np.ones((2, 3)), 4)], [(name + "_a", "i2", (2, 3)), (name + "_b", "i4")])
        uns.create_group("no_header").create_dataset("x", data=np.arange(3))
        header = h5py.h5o.get_info(uns["no_header"].id).addr
    with h5py.File(path, "r+", libver="latest") as file:
        fields = [("field %d" % i, "i4") for i in range(2000)]
        rec_array(file["uns"], "many_fields", [tuple(range(2000)), tuple(range(2000, 4000))], fields)
    data = bytearray(path.read_bytes())
    data[header : header + 4] = b"gone"

    def patch(member, field, shift, old, new):
        """Behind a name, which fills whole eights: offset, then 24 other bytes, then the type. Before the first name
        the number of fields (7 bytes before it) and the length of a row (4 bytes before it)."""
        name = ("%s_%s" % (member, field)).encode() + b"\0"
        at = data.index(name) + (shift if shift < 0 else len(name) + -len(name) % 8 + shift)
        assert data[at : at + len(old)] == old, (member, bytes(data[at - 16 : at + 64]))
        data[at : at + len(new)] = new

    def whole(value, size=4):
        return value.to_bytes(size, "little")

    patch("no_fields", "a", -7, whole(2, 2), whole(0, 2))
    patch("three_of_two", "a", -7, whole(2, 2), whole(3, 2))
    patch("no_bytes", "a", -4, whole(8), whole(0))
    patch("rows_of_9", "a", -4, whole(8), whole(9))
    patch("too_long", "a", -4, whole(8), whole((1 << 31) - 1))
    patch("field_of_no_bytes", "b", 36, whole(4), whole(0))
    patch("class_15", "b", 32, b"\x10", b"\x1f")
    # With arrays in rows the type follows the offset: class, length, number of dimensions, extents.
    patch("extents_too_large", "a", 16, whole(2) + whole(3), whole(1 << 16) + whole(1 << 16))
    patch("extents_of_nothing", "a", 16, whole(2) + whole(3), whole(0) + whole(3))
    patch("dimensions_255", "a", 12, b"\x02", b"\xff")
    twin = data.index(b"same_names_b\0")
    data[twin : twin + 12] = b"same_names_a"
    path.write_bytes(data)


def raws(link, array):
    plain().write(link)
    with h5py.File(link, "r+") as file:
        file["raw"] = h5py.ExternalLink("not_there.h5", "/raw")
    plain().write(array)
    with h5py.File(array, "r+") as file:
        file.create_dataset("raw", data=np.arange(3))


def named(path):
    plain().write(path)
    with h5py.File(path, "r+") as file:
        obs = file["obs"]
        obs.move("_index", "name")
        obs.attrs["_index"] = "name"
        obs.create_dataset("age", data=np.arange(6))
        obs.attrs["column-order"] = np.array(["depth", "name", "age"], dtype=object)


def zipped(folder, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(str(file.relative_to(folder)), SAME_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, file.read_bytes())


def main():
    HERE.mkdir(exist_ok=True)
    rows(HERE / "rows.h5ad")
    groups(HERE / "groups.h5ad")
    odd(HERE / "odd.h5ad")
    loop(HERE / "loop.h5ad")
    damaged(HERE / "damaged.h5ad")
    shifted(HERE / "offset.h5ad")
    halves(HERE / "halves.h5ad")
    absurd(HERE / "absurd.h5ad")
    raws(HERE / "raw_link.h5ad", HERE / "raw_array.h5ad")
    misfits(HERE / "misfits.h5ad")
    named(HERE / "named.h5ad")
    with tempfile.TemporaryDirectory() as folder:
        written_by_anndata(HERE / "rows.h5ad", Path(folder) / "rows.zarr")
        zipped(Path(folder) / "rows.zarr", HERE / "rows.zarr.zip")
        odd_store(Path(folder) / "odd.zarr")
        zipped(Path(folder) / "odd.zarr", HERE / "odd.zarr.zip")


if __name__ == "__main__":
    main()
