"""Makes the small HDF5 files that the tests of io.cellferry.dataset.hdf5 read, and what h5py reads in them.

usage: make_hdf5_fixtures.py OUTDIR        (OUTDIR is src/test/resources/hdf5)

`sound/` holds files that must read as h5py reads them, `hostile/` files that must be refused. Needs h5py >= 3.7 and numpy.
Everything is seeded; the files differ from run to run only in time stamps.
"""
import os
import sys
import zlib

import h5py
import numpy as np

out = sys.argv[1]
rng = np.random.default_rng(1)


def sound(name, **options):
    os.makedirs(os.path.join(out, "sound"), exist_ok=True)
    return h5py.File(os.path.join(out, "sound", name + ".h5"), "w", **options)


def hostile(name):
    os.makedirs(os.path.join(out, "hostile"), exist_ok=True)
    return os.path.join(out, "hostile", name + ".h5")


def ints(count):
    return rng.integers(0, 1 << 20, count).astype(np.int32)


# --- Chunk indexes: few and many chunks, extents that may still grow in one or both dimensions.
for lib in ("earliest", "latest"):
    for chunks in (1, 5, 40, 120, 1500):
        with sound(f"index_{lib}_{chunks}", libver=lib) as f:
            side = max(1, int(chunks**0.5))
            flat, square = ints(chunks * 4 - (3 if chunks > 1 else 0)), ints(side * 2 * side * 2).reshape(side * 2, -1)
            f.create_dataset("grows", data=flat, chunks=(4,), maxshape=(None,))
            f.create_dataset("grows_gzip", data=flat, chunks=(4,), maxshape=(None,), compression="gzip")
            f.create_dataset("fixed", data=flat, chunks=(4,))
            f.create_dataset("fixed_gzip", data=flat, chunks=(4,), compression="gzip", shuffle=True)
            if chunks <= 120:
                for name, most in dict(
                    both=(None, None),
                    rows=(None, side * 2),
                    rows_wider=(None, side * 2 + 50),
                    columns=(side * 2, None),
                    columns_taller=(side * 2 + 50, None),
                    neither_wider=(side * 2 + 20, side * 2 + 50),
                ).items():
                    f.create_dataset(name, data=square, chunks=(2, 2), maxshape=most)
                f.create_dataset("both_gzip", data=square, chunks=(2, 2), maxshape=(None, None), compression="gzip")
                f.create_dataset("odd_border", data=square, chunks=(side * 2, min(3, side * 2)), compression="gzip")

# --- Chunks that were never written hold the fill value.
for lib in ("earliest", "latest"):
    with sound(f"holes_{lib}", libver=lib) as f:
        for name, options in dict(fixed={}, grows=dict(maxshape=(None,))).items():
            for fill in (0, 7):
                d = f.create_dataset(f"{name}_{fill}", shape=(100,), dtype="i4", chunks=(10,), fillvalue=fill, **options)
                d[35:40] = 1
                d[70:95] = 2
        f.create_dataset("nothing_9", shape=(100,), dtype="i4", chunks=(10,), fillvalue=9)
        f.create_dataset("one_piece_nothing_9", shape=(100,), dtype="i4", fillvalue=9)
        f.create_dataset("texts", shape=(40,), dtype=h5py.string_dtype(), chunks=(10,))[5] = "five"
        square = f.create_dataset("square", shape=(40, 40), dtype="f4", chunks=(10, 10), maxshape=(None, 70), fillvalue=-1)
        square[15:35, 3:6] = rng.random((20, 3))

# --- Large indexes in small files: 200,000 chunks of which most are missing, with paged blocks half written.
for lib, options in (("latest", dict(maxshape=(None,))), ("latest", {}), ("earliest", dict(maxshape=(None,)))):
    kind = "grows" if options and lib == "latest" else "fixed" if lib == "latest" else "tree"
    with sound(f"many_chunks_{kind}", libver=lib) as f:
        # A fixed array has room for every chunk from the start: fewer of them.
        size = 120_000 if kind == "fixed" else 800_000
        d = f.create_dataset("d", shape=(size,), dtype="i4", chunks=(4,), fillvalue=5, **options)
        for start in (0, 4_000, 70_000, size - 1_000) + ((131_056 * 4, 140_000 * 4) if kind != "fixed" else ()):
            d[start : start + 200] = np.arange(200) + start % 1000

# --- Filters and their masks.
with sound("filters") as f:
    x, g = ints(1500), rng.standard_normal(1500).astype("f4")
    for name, options in dict(gzip={"compression": "gzip"}, lzf={"compression": "lzf"}, plain={}).items():
        for shuffle in (False, True):
            for fletcher in (False, True):
                full = f"{name}{'_shuffle' if shuffle else ''}{'_fletcher32' if fletcher else ''}"
                f.create_dataset(full, data=x, chunks=(512,), shuffle=shuffle, fletcher32=fletcher, **options)
                f.create_dataset(full + "_f4", data=g, chunks=(500,), shuffle=shuffle, fletcher32=fletcher, **options)
    for width in (1, 2, 8):
        f.create_dataset(f"shuffle_{width}", data=x.astype(f"i{width}"), chunks=(300,), shuffle=True, compression="gzip")
    f.create_dataset("odd_bytes_fletcher32", data=np.arange(7, dtype="i1"), chunks=(7,), fletcher32=True)
    masked = f.create_dataset("masked", shape=(30,), dtype="<i4", chunks=(10,), compression="gzip", shuffle=True)
    plain = [np.arange(10 * i, 10 * i + 10, dtype="<i4").tobytes() for i in range(3)]
    shuffled = np.frombuffer(plain[2], "u1").reshape(10, 4).T.tobytes()
    masked.id.write_direct_chunk((0,), zlib.compress(plain[0]), 1)
    masked.id.write_direct_chunk((10,), plain[1], 3)
    masked.id.write_direct_chunk((20,), shuffled, 2)

# --- Types.
with sound("types") as f:
    for t in ("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"):
        for order in "<>":
            data = np.arange(3, 200, 9) if t[0] == "u" else np.arange(-3, 20)
            f.create_dataset(t + ("be" if order == ">" else "le"), data=data.astype(order + t))
    f.create_dataset("u8_large", data=np.array([2**64 - 1, 2**63, 1], dtype="u8"))
    f.create_dataset("u4_large", data=np.array([2**32 - 1, 2**31, 1], dtype="u4"))
    f.create_dataset("halves", data=np.arange(65536, dtype="u2").view("f2"))
    f.create_dataset("bool", data=np.array([True, False, True]))
    f.create_dataset("bool_scalar", data=True)
    f.create_dataset("complex", data=np.arange(3, dtype="c8"))
    f.create_dataset("enumeration", data=np.array([0, 1, 5], "i2"), dtype=h5py.enum_dtype({"A": 0, "B": 1, "Z": 5}, "i2"))
    f.create_dataset("null_space", data=h5py.Empty("f4"))
    f.create_dataset("no_elements", data=np.zeros(0, "f4"))
    f.create_dataset("no_elements_grows", data=np.zeros(0, "f4"), maxshape=(None,))
    f.create_dataset("no_rows", data=np.zeros((0, 5), "f4"))
    f.create_dataset("special", data=np.array([np.nan, np.inf, -np.inf, -0.0, 1], "f4"))
    f["named"] = np.dtype("i4")
    d = h5py.h5d.create(f.id, b"of_named_type", f["named"].id, h5py.h5s.create_simple((3,)))
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([1, 2, 3], "i4"))
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    d = h5py.h5d.create(f.id, b"compact", h5py.h5t.STD_I32LE, h5py.h5s.create_simple((4,)), compact)
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, np.arange(4, dtype="i4"))
with sound("texts") as f:
    S = h5py.string_dtype()
    f.create_dataset("utf8", data=["", "a", "日本語", "x" * 5000, "tab\tnl\n"], dtype=S)
    f.create_dataset("ascii_tag_utf8_bytes", data=["é".encode(), b"plain"], dtype=h5py.string_dtype("ascii"))
    f.create_dataset("latin1_bytes", data=["é".encode("latin1"), b"\xff\xfe"], dtype=S)
    f.create_dataset("unwritten", shape=(4,), dtype=S)
    f.create_dataset("fixed", data=np.array([b"abc", b"de", b""], dtype="S3"))
    f.create_dataset("fixed_utf8", data=np.array(["é".encode(), b"de"], dtype=h5py.string_dtype("utf-8", 8)))
    f.create_dataset("fixed_ascii_tag_utf8_bytes", data=np.array(["é".encode(), b"de"], dtype="S4"))
    f.create_dataset("scalar", data="hello", dtype=S)
    f.create_dataset("square", data=np.array([["a", "b"], ["c", "d"]], dtype=object), dtype=S)
    f.create_dataset("square_chunked", data=np.array([[f"{i},{j}" for j in range(5)] for i in range(7)], dtype=object),
                     dtype=S, chunks=(3, 2))
    f.create_dataset("gzip", data=[f"cell_{i}" for i in range(2000)], dtype=S, chunks=(300,), compression="gzip")
    f.create_dataset("long", data=["z" * 100_000, "y"], dtype=S)
    t = h5py.h5t.C_S1.copy()
    t.set_size(4)
    d = h5py.h5d.create(f.id, b"zero_terminated", t, h5py.h5s.create_simple((2,)))
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([b"abc", b"d"], dtype="S4"))
    t = h5py.h5t.FORTRAN_S1.copy()
    t.set_size(4)
    d = h5py.h5d.create(f.id, b"space_padded", t, h5py.h5s.create_simple((2,)))
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([b"abc ", b"d   "], dtype="S4"), t)
with sound("tables") as f:
    row = np.dtype([("index", "S5"), ("n", "<i4"), ("x", "<f8"), ("v", h5py.string_dtype()), ("arr", "<f4", (3,)),
                    ("square", "<i2", (2, 2)), ("b", "?")])
    a = np.zeros(40, row)
    a["index"] = [f"c{i}".encode() for i in range(40)]
    a["n"], a["x"], a["v"] = range(40), rng.random(40), [f"text {i}" for i in range(40)]
    a["arr"], a["square"], a["b"] = rng.random((40, 3)), np.arange(160).reshape(40, 2, 2), np.arange(40) % 3 == 0
    f.create_dataset("one_piece", data=a)
    f.create_dataset("chunked", data=a, chunks=(7,), compression="gzip")
with sound("attributes") as f:
    f.attrs["empty_array"] = np.zeros(0)
    f.attrs["empty_texts"] = np.zeros(0, dtype=h5py.string_dtype())
    f.attrs["null"] = h5py.Empty("S1")
    f.attrs["empty_text"] = ""
    f.attrs["yes"], f.attrs["no"], f.attrs["one"] = True, False, np.int8(1)
    f.attrs["utf8"] = "αβγ—日本"
    f.attrs["fixed"] = np.bytes_("csr_matrix")
    f.attrs["fixed_list"] = np.array([b"aa", b"b"], dtype="S5")
    f.attrs["latin1"] = np.bytes_("é".encode("latin1"))
    f.attrs["texts"] = ["x", "y", "Ω"]
    f.attrs["shape"] = np.array([7, 9], "u8")
    f.attrs["real_shape"], f.attrs["half"] = np.array([7.0, 9.0]), 0.5
    f.attrs["single"] = np.array([42], "i2")
    f.create_dataset("categories", data=["x", "y"], dtype=h5py.string_dtype())
    codes = f.create_dataset("codes", data=np.array([0, 1, -1], "i1"))
    codes.attrs["categories"] = f["categories"].ref
    codes.attrs["region"] = f["categories"].regionref[0:1]
    codes.attrs["readable"] = "beside a region reference"
for lib in ("earliest", "latest"):
    with sound(f"large_groups_{lib}", libver=lib) as f:
        g = f.create_group("obs", track_order=True)
        g.attrs["column-order"] = [f"column_number_{i}" for i in range(2000)]
        for i in range(40):
            g.attrs[f"a{i}"] = "v" * i
        g.attrs["large1"], g.attrs["large2"] = np.arange(9000), np.arange(9001)
        h = f.create_group("many")
        for i in range(700):
            h[f"member_with_a_rather_long_name_{i:05d}"] = h5py.SoftLink("/obs")
        f["one"] = 1

# --- Links. `unreadable` holds members that nobody needs to read beside one that must stay readable.
with sound("links", userblock_size=1024) as f:
    g = f.create_group("g")
    g.create_dataset("real", data=1)
    g["absolute"], g["relative"] = h5py.SoftLink("/g/real"), h5py.SoftLink("real")
    g["dotted"], g["dangling"], g["hard"] = h5py.SoftLink("./real"), h5py.SoftLink("/nope"), g["real"]
    f["whole"], f["down"], f["through"] = f["/"], h5py.SoftLink("g/real"), h5py.SoftLink("g")
    f["a"], f["b"], f["self"] = h5py.SoftLink("/b"), h5py.SoftLink("/a"), h5py.SoftLink("/self")
    f["outside"] = h5py.ExternalLink("/etc/passwd", "/x")
    deep = f
    for i in range(80):
        deep = deep.create_group("d")
with sound("unreadable", libver="latest") as f:
    f.create_dataset("ok", data=np.arange(3, dtype="i4"))
    f.create_dataset("region", data=np.array([f["ok"].regionref[()]], dtype=h5py.regionref_dtype), dtype=h5py.regionref_dtype)
    layout = h5py.VirtualLayout((3,), "i4")
    layout[:] = h5py.VirtualSource(".", "ok", (3,))
    f.create_virtual_dataset("virtual", layout)
    f.create_dataset("external", shape=(4,), dtype="i4", external=[("raw.bin", 0, 16)])
    f.create_dataset("long_double", data=np.longdouble(1))
    f.create_dataset("negative_enumeration", data=np.array([0, -1], "i4"), dtype=h5py.enum_dtype({"A": 0, "B": -1}, "i4"))
    f.create_dataset("opaque", data=np.array([b"abc", b"defg"], dtype="V8"))
    f.create_dataset("lists", data=np.array([np.arange(3), np.arange(5)], dtype=object), dtype=h5py.vlen_dtype("i4"))
    bfloat = h5py.h5t.IEEE_F32LE.copy()
    bfloat.set_fields(15, 7, 8, 0, 7)
    bfloat.set_size(2)
    bfloat.set_precision(16)
    h5py.h5d.create(f.id, b"bfloat16", bfloat, h5py.h5s.create_simple((3,)))

# --- One chunk of 68 MiB: more than is held at once. Long runs keep the file small.
with sound("giant") as f:
    steps = np.repeat(np.arange(17), 1 << 20).astype("<i4")
    f.create_dataset("shuffle_gzip_fletcher32", data=steps, chunks=steps.shape, compression="gzip", compression_opts=9,
                     shuffle=True, fletcher32=True)
    f.create_dataset("square", data=steps.reshape(2048, -1), chunks=(2048, 8704), compression="gzip", compression_opts=9)
    f.create_dataset("unwritten", shape=steps.shape, dtype="<i4", chunks=steps.shape, compression="gzip", fillvalue=3)

# --- The same numbers in one piece and in chunks so narrow that every line has a few elements. Seeded on its own, so that
# it can be made again without the other files.
with sound("lines", libver="latest") as f:
    own = np.random.default_rng(2)
    for letters in ("i1", "u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8",
                    "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"):
        type = np.dtype(letters)
        table = np.frombuffer(own.bytes(60 * 7 * type.itemsize), type).reshape(60, 7)
        name = letters.replace("<", "little_").replace(">", "big_")
        f.create_dataset(name + "/plain", data=table)
        f.create_dataset(name + "/column", data=table, chunks=(17, 1), compression="gzip", shuffle=True)
        f.create_dataset(name + "/three", data=table, chunks=(23, 3), compression="gzip")
        f.create_dataset(name + "/whole", data=table, chunks=(17, 7))
    cube = np.arange(9 * 5 * 3, dtype="<i4").reshape(9, 5, 3)
    for name, chunks in dict(plain=None, line=(4, 1, 1), plane=(4, 2, 1), box=(4, 3, 2), rows=(4, 2, 3)).items():
        f.create_dataset("cube/" + name, data=cube, chunks=chunks)
    texts = np.array([b"%d" % (number**3) for number in range(60 * 4)]).reshape(60, 4)
    f.create_dataset("texts/plain", data=texts)
    f.create_dataset("texts/column", data=texts, chunks=(17, 1))
    f.create_dataset("texts/three", data=texts, chunks=(17, 3))
    rows = np.zeros((30, 4), [("n", "<i2"), ("pair", "<f4", (2,)), ("end", "u1")])
    rows["n"] = np.arange(30 * 4).reshape(30, 4)
    rows["pair"] = np.arange(30 * 4 * 2).reshape(30, 4, 2)
    f.create_dataset("rows/plain", data=rows)
    f.create_dataset("rows/column", data=rows, chunks=(7, 1))
    f.create_dataset("rows/three", data=rows, chunks=(7, 3))
    # Chunks of 70 MiB, wider than what is left of the last; the lines of the second are further apart than long.
    wide = np.arange(1000 * 5, dtype="<i4").reshape(1000, 5)
    f.create_dataset("giant/plain", data=wide)
    for name, options in dict(gzip={}, shuffle_gzip=dict(shuffle=True)).items():
        f.create_dataset("giant/" + name, data=wide, chunks=(6_100_000, 3), maxshape=(None, None), compression="gzip",
                         compression_opts=9, **options)

# --- Hostile: single data set `d` of 1,000 integers in one gzip chunk, if not said otherwise.


def one_chunk(name, stored, **options):
    with h5py.File(hostile(name), "w") as f:
        d = f.create_dataset("d", shape=(1000,), dtype="<i4", chunks=(1000,), compression="gzip", **options)
        d.id.write_direct_chunk((0,), stored, 0)


squeeze = zlib.compressobj(9)
one_chunk("bomb", b"".join(squeeze.compress(b"\0" * (1 << 20)) for _ in range(64)) + squeeze.flush())
one_chunk("short_chunk", zlib.compress(b"\1" * 400))
one_chunk("long_chunk", zlib.compress(b"\1" * 4001))
one_chunk("cut_stream", zlib.compress(np.random.default_rng(0).bytes(4000))[:1500])
one_chunk("bad_adler", zlib.compress(np.arange(1000, dtype="<i4").tobytes())[:-4] + b"abcd")
one_chunk("no_stream", b"not a zlib stream at all")
with h5py.File(hostile("unknown_filter"), "w") as f:
    p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    p.set_chunk((10,))
    p.set_filter(32013, h5py.h5z.FLAG_OPTIONAL, (1, 2))
    h5py.h5d.create(f.id, b"d", h5py.h5t.STD_I32LE, h5py.h5s.create_simple((1000,)), p)
with h5py.File(hostile("huge_shape"), "w") as f:
    f.create_dataset("d", shape=(1 << 50,), dtype="<i8", chunks=(1 << 20,), maxshape=(None,), compression="gzip")
with h5py.File(hostile("fletcher32"), "w") as f:
    at = f.create_dataset("d", data=np.arange(1000, dtype="<i4"), chunks=(1000,), fletcher32=True).id.get_chunk_info(0).byte_offset
b = bytearray(open(hostile("fletcher32"), "rb").read())
b[at + 8] ^= 255
open(hostile("fletcher32"), "wb").write(b)
with h5py.File(hostile("to_cut"), "w") as f:
    f["a"] = np.arange(2000)
    f.create_dataset("g", data=np.arange(2000), chunks=(100,), compression="gzip")
    f["s"] = ["x"] * 200
