"""What h5py and scipy find in AnnData and 10x files, as one line per thing; nothing of cellferry is involved.

usage: dataset_listing.py FOLDER > listing.tsv

Every line: file, section, name, then key=value fields, separated by tabs.
  cells     the number of cells
  matrix    X, raw/X, layers/NAME:  order, rows, columns, type, stored (entries on disk) and, after duplicates are
            summed, sum, nan, first and last (sums of the first and last row) and placed, the sum of every value times
            (7 * row + 3 * column) % 101 + 1, which notices values in the wrong place
  graph     the same of obsp/NAME (or uns/neighbors before 0.7)
  obs       one annotation: number (sum, nan, missing) flag (true, missing) category (labels, labelcrc, codesum,
            missing, ordered) text (crc, missing) or other
  var, rawvar  kind of one annotation; names: CRC of its texts, for texts, categories of texts and integers
  names     CRC of the gene names of a matrix
  table     obsm/NAME: rows, columns, sum, nan, placed, or usable=false
CRCs are CRC-32 of the texts in UTF-8, each followed by a zero byte.
"""
import os
import struct
import sys
import zlib

import h5py
import numpy as np
import scipy.sparse as sp


def text(value):
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value.decode("latin-1")
    return str(value)


def crc(texts):
    return "%08x" % zlib.crc32(b"".join(t.encode("utf-8") + b"\0" for t in texts))


def number(value):
    return repr(float(value))


def sums(values, rows, columns):
    """Fields of a matrix given as (value, row, column) arrays."""
    values = values.astype("f8")
    nan = np.isnan(values)
    kept = np.where(nan, 0.0, values)
    weights = (7 * rows.astype("i8") + 3 * columns.astype("i8")) % 101 + 1
    return dict(sum=number(kept.sum()), nan=int(nan.sum()), placed=number((kept * weights).sum())), kept


def encoding(node):
    return text(node.attrs.get("encoding-type", node.attrs.get("h5sparse_format", "")))


def sparse_parts(group):
    fmt = encoding(group)[:3]
    shape = group.attrs["shape"] if "shape" in group.attrs else group.attrs["h5sparse_shape"]
    return fmt, [int(n) for n in shape]


def compressed(group, fmt, shape):
    """fmt of scipy; shape is (rows, columns) of the result."""
    data, indices, indptr = (group[k][()] for k in ("data", "indices", "indptr"))
    kind = {"csr": sp.csr_matrix, "csc": sp.csc_matrix}[fmt]
    matrix = kind((data, indices.astype("i8"), indptr.astype("i8")), shape=shape)
    matrix.sum_duplicates()
    coo = matrix.tocoo()
    fields = dict(order={"csr": "CELL_MAJOR", "csc": "GENE_MAJOR"}[fmt], rows=shape[0], columns=shape[1],
                  type=data.dtype.name, stored=len(data))
    return add_sums(fields, coo.data, coo.row, coo.col, shape)


def dense(dataset):
    values = dataset[()]
    rows, columns = np.indices(values.shape)
    fields = dict(order="DENSE", rows=values.shape[0], columns=values.shape[1], type=values.dtype.name, stored=values.size)
    return add_sums(fields, values.ravel(), rows.ravel(), columns.ravel(), values.shape)


def add_sums(fields, values, rows, columns, shape):
    more, kept = sums(values, rows, columns)
    fields.update(more)
    fields["first"] = number(kept[rows == 0].sum())
    fields["last"] = number(kept[rows == shape[0] - 1].sum())
    return fields


def matrix(node):
    if isinstance(node, h5py.Dataset):
        return dense(node)
    fmt, shape = sparse_parts(node)
    return compressed(node, fmt, shape)


def real(dtype):
    return dtype.kind in "iuf"


def plain(values, mask=None):
    values = np.asarray(values)
    missing = np.zeros(len(values), bool) if mask is None else mask.astype(bool)
    if values.dtype.kind == "b":
        return dict(kind="flag", true=int((values & ~missing).sum()), missing=int(missing.sum()))
    if real(values.dtype):
        nan = np.isnan(values.astype("f8"))
        return dict(kind="number", sum=number(np.where(nan, 0, values.astype("f8")).sum()), nan=int(nan.sum()),
                    missing=int(missing.sum()))
    if values.dtype.kind in "SO":
        return dict(kind="text", crc=crc("" if m else text(v) for v, m in zip(values, missing)),
                    missing=int(missing.sum()))
    return dict(kind="other")


def label(value):
    if isinstance(value, (bytes, str)):
        return text(value)
    if isinstance(value, (bool, np.bool_)):
        return "True" if value else "False"
    if isinstance(value, (int, np.integer)):
        return str(value)
    return "%016x" % struct.unpack(">q", struct.pack(">d", float(value)))


def coded(codes, labels, ordered):
    labels = np.atleast_1d(labels)
    return dict(kind="category", labels=len(labels), labelcrc=crc(map(label, labels)), codesum=int(codes.astype("i8").sum()),
                missing=int((codes.astype("i8") == -1).sum()), ordered=str(bool(ordered)).lower())


class Column:
    """One annotation: its fields, and its texts if it can name genes."""

    def __init__(self, fields, texts=None):
        self.fields, self.texts = fields, texts


def column(values, mask=None):
    fields = plain(values, mask)
    texts = None
    if fields["kind"] == "text":
        texts = [text(v) if mask is None or not mask[i] else "" for i, v in enumerate(values)]
    elif values.dtype.kind in "iu":
        texts = [str(v) if mask is None or not mask[i] else "" for i, v in enumerate(values)]
    return Column(fields, texts)


def category(codes, labels, ordered):
    labels = np.atleast_1d(labels)
    texts = None
    if labels.dtype.kind in "SOiu":
        texts = ["" if c < 0 else label(labels[c]) for c in codes.astype("i8")]
    return Column(coded(codes, labels, ordered), texts)


def group_frame(group):
    names = [text(n) for n in group.attrs["column-order"]]
    index = text(group.attrs["_index"])
    columns = {}
    for name in [index] + [n for n in names if n != index]:
        node = group[name]
        if isinstance(node, h5py.Group):
            if "codes" in node:
                labels = node["categories"]
                labels = labels["values"] if isinstance(labels, h5py.Group) else labels
                columns[name] = category(node["codes"][()], labels[()], node.attrs.get("ordered", False))
            else:
                columns[name] = column(node["values"][()], node["mask"][()])
        elif "categories" in node.attrs:
            labels = group.file[node.attrs["categories"]]
            columns[name] = category(node[()], labels[()], labels.attrs.get("ordered", False))
        else:
            columns[name] = column(node[()])
    return index, columns


def table_frame(table, labels_of):
    rows = table[()]
    columns = {}
    for name in rows.dtype.names:
        labels = labels_of.get(name + "_categories")
        values = rows[name]
        if labels is not None and values.dtype.kind in "iu" and (values < np.atleast_1d(labels[()]).shape[0]).all():
            columns[name] = category(values, labels[()], False)
        else:
            columns[name] = column(values)
    return rows.dtype.names[0], columns


def frame(node, labels_of):
    return table_frame(node, labels_of) if isinstance(node, h5py.Dataset) else group_frame(node)


def table(node):
    if isinstance(node, h5py.Group) or not real(node.dtype) or node.ndim > 2:
        return dict(usable="false")
    return table_values(node[()])


def table_values(values):
    values = values.reshape(len(values), -1)
    rows, columns = np.indices(values.shape)
    fields, _ = sums(values.ravel(), rows.ravel(), columns.ravel())
    return dict(rows=values.shape[0], columns=values.shape[1], type=values.dtype.name, **fields)


def anndata(f, line):
    uns = f.get("uns", {})
    index, obs = frame(f["obs"], uns)
    line("cells", "", dict(count=len(f["obs"] if isinstance(f["obs"], h5py.Dataset) else first(f["obs"], index))))
    matrices = {}
    if "X" in f:
        matrices["X"] = f["X"]
    raw = "raw/X" if "raw" in f else "raw.X"
    if raw in f:
        matrices["raw/X"] = f[raw]
    for name, node in f.get("layers", {}).items():
        matrices["layers/" + name] = node
    for name, node in matrices.items():
        line("matrix", name, matrix(node))
    frames(line, matrices, "var", frame(f["var"], uns), "X" if "X" in matrices else None)
    if raw in f:
        frames(line, matrices, "rawvar", frame(f[raw.replace("X", "var")], {}), "raw/X")
    for name, found in obs.items():
        line("obs", name, found.fields)
    obsm = f.get("obsm", {})
    if isinstance(obsm, h5py.Dataset):
        for name in obsm.dtype.names:
            line("table", "obsm/" + name, table_values(obsm[name]))
    else:
        for name, node in obsm.items():
            line("table", "obsm/" + name, table(node))
    graphs = {name: node for name, node in f.get("obsp", {}).items()}
    for name in ("connectivities", "distances"):
        node = f.get("uns/neighbors/" + name)
        if isinstance(node, h5py.Group):
            graphs.setdefault(name, node)
    for name, node in graphs.items():
        line("graph", "obsp/" + name, matrix(node))


def first(group, index):
    node = group[index]
    return node if isinstance(node, h5py.Dataset) else node["values"] if "values" in node else node["codes"]


def frames(line, matrices, section, frame, named):
    index, columns = frame
    for name, found in columns.items():
        fields = dict(kind=found.fields["kind"])
        if found.texts is not None and named is not None:
            fields["names"] = crc(found.texts)
        line(section, name, fields)
    if named is not None:
        line("names", named, dict(crc=crc(columns[index].texts)))


def tenx(group, line, features):
    genes, cells = (int(n) for n in group["shape"][()])
    line("cells", "", dict(count=cells))
    line("matrix", "X", compressed(group, "csr", [cells, genes]))
    frames(line, {}, "var", ("id", {name: column(node[()]) for name, node in features.items()}), "X")
    if "barcodes" in group:
        line("obs", "barcodes", plain(group["barcodes"][()]))


def tenx_features(group):
    names = ["id", "name", "feature_type", "genome"]
    names += [n for n in group if n not in names + ["_all_tag_keys"]]
    return {n: group[n] for n in names if isinstance(group.get(n), h5py.Dataset)}


def listing(path, line):
    with h5py.File(path, "r") as f:
        if "mod" in f or "row_attrs" in f:
            return
        if "obs" in f:
            anndata(f, line)
        elif "matrix" in f:
            tenx(f["matrix"], line, tenx_features(f["matrix/features"]))
        elif len(f) == 1:
            genome = next(iter(f.values()))
            tenx(genome, line, dict(id=genome["genes"], name=genome["gene_names"]))


def main(folder):
    for parent, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            path = os.path.join(parent, name)
            if h5py.is_hdf5(path):
                relative = os.path.relpath(path, folder)

                def line(section, what, fields):
                    print("\t".join([relative, section, what] + ["%s=%s" % kv for kv in fields.items()]))

                try:
                    listing(path, line)
                except OSError as refused:
                    print("%s: %s" % (relative, refused), file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
