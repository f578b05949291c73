"""Lists every data set of HDF5 files as h5py reads them, for Hdf5CorpusTest.

usage: h5py_listing.py FILE... > LISTING

One line a data set, or a field of a table, tab-separated: file, path, shape, field, kind, digest. Kinds and digests:
  num    values, CRC-32 of all of them as little-endian doubles (every NaN the same), sum of the finite ones to read
  text   values, CRC-32 of all texts in UTF-8, each followed by a zero byte
  empty  there is no data space
  none   the type is not one that cellferry reads
  error  h5py refuses, or lacks the filter
Texts are UTF-8 if they can be, else Latin-1, whatever their tag.
"""
import os
import sys
import zlib

import h5py
import numpy as np

FLOATS = {2: (5, 10), 4: (8, 23), 8: (11, 52)}


def text(value):
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogateescape")
    try:
        return value.decode("utf-8").encode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1").encode("utf-8")


def texts(values):
    crc = 0
    for value in values:
        crc = zlib.crc32(text(value) + b"\0", crc)
    return f"text\t{len(values)} {crc:08x}"


def numbers(values):
    wide = np.asarray(values).ravel().astype("<f8")
    wide[np.isnan(wide)] = np.nan
    return f"num\t{wide.size} {zlib.crc32(wide.tobytes()):08x} {wide[np.isfinite(wide)].sum():.6g}"


def digest(kind, values):
    values = np.atleast_1d(values)
    if kind is None:
        return "none\t-"
    return texts(list(values.ravel())) if kind == "text" else numbers(values)


def kind(type_id):
    if isinstance(type_id, h5py.h5t.TypeStringID):
        return "text"
    if isinstance(type_id, h5py.h5t.TypeIntegerID):
        usual = type_id.get_precision() == 8 * type_id.get_size() and type_id.get_offset() == 0
        return "num" if usual else None
    if isinstance(type_id, h5py.h5t.TypeFloatID):
        _, _, exponent, _, mantissa = type_id.get_fields()
        return "num" if FLOATS.get(type_id.get_size()) == (exponent, mantissa) else None
    if isinstance(type_id, h5py.h5t.TypeEnumID):
        return "num"
    if isinstance(type_id, h5py.h5t.TypeArrayID):
        return kind(type_id.get_super())
    return None


def lines(dataset):
    """Field, kind and digest of a data set; a line for every field of a table."""
    type_id = dataset.id.get_type()
    if dataset.shape is None:
        return ["-\tempty\t0"]
    if not isinstance(type_id, h5py.h5t.TypeCompoundID):
        what = kind(type_id)
        return [f"-\t{digest(what, dataset[()] if what else 0)}"]
    rows = dataset[()]
    if rows.dtype.kind == "c":
        return [f"r\t{digest('num', rows.real)}", f"i\t{digest('num', rows.imag)}"]
    found = []
    for index in range(type_id.get_nmembers()):
        name = type_id.get_member_name(index).decode()
        found.append(f"{name}\t{digest(kind(type_id.get_member_type(index)), rows[name])}")
    return found


def walk(name, group, path, seen):
    address = h5py.h5o.get_info(group.id).addr
    if address in seen:
        return
    seen.add(address)
    for key in sorted(group.keys(), key=lambda k: k.encode("utf-16-be")):
        member = f"{path}/{key}"
        if isinstance(group.get(key, getlink=True), h5py.ExternalLink):
            print(f"{name}\t{member}\t-\t-\texternal\t-")
            continue
        try:
            node = group[key]
        except Exception as e:
            print(f"{name}\t{member}\t-\t-\terror\t{type(e).__name__}")
            continue
        if isinstance(node, h5py.Group):
            walk(name, node, member, seen)
        elif isinstance(node, h5py.Dataset):
            shape = "null" if node.shape is None else "x".join(map(str, node.shape)) or "scalar"
            try:
                for line in lines(node):
                    print(f"{name}\t{member}\t{shape}\t{line}")
            except Exception as e:
                print(f"{name}\t{member}\t{shape}\t-\terror\t{type(e).__name__}")
        else:
            print(f"{name}\t{member}\t-\t-\tnamed type\t-")


for path in sys.argv[1:]:
    name = os.path.basename(path)
    try:
        with h5py.File(path, "r") as file:
            walk(name, file, "", set())
    except OSError as e:
        print(f"{name}\t/\t-\t-\terror\t{type(e).__name__}")
