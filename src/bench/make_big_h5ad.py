#!/usr/bin/env python3
"""Makes a large .h5ad in seconds and in about 400 MB of memory: a CSR matrix, annotations, UMAP, PCA, on request a graph.

A few blocks of 10,000 cells are drawn and compressed once; the file repeats their compressed chunks. A reader decodes
every one of them, so the work of a conversion is that of a file of this size. Only what remembers whole blocks could
profit: neither gzip's 32 KiB window nor a reader's chunk cache reaches from one repetition to the next.

    make_big_h5ad.py OUTPUT [--cells 1000000] [--genes 2000] [--per-cell 100] [--neighbours 0]
                     [--value-type float32] [--block-cells 10000] [--distinct 8]

Matrices with thousands of values a cell want a smaller --block-cells: drawing a block takes 16 bytes x cells x genes.
"""

import argparse
import os
import zlib

import h5py
import numpy as np

SEED = 20260425
CHUNK_VALUES = 100_000  # divides the values of a block, so that repeated blocks are repeated chunks
GZIP_LEVEL = 4  # h5py's and anndata's default
COMPONENTS = 20


def draw_block(rng, cells, genes, per_cell):
    """One block in CSR: row lengths, gene of each value, value. Exactly cells * per_cell values."""
    values = cells * per_cell
    abundance = np.random.default_rng(SEED).gamma(0.6, 1.0, genes).astype(np.float32) + 0.02
    # Exponential races: the `values` smallest arrival times pick genes in proportion to their abundance.
    arrival = rng.standard_exponential((cells, genes), dtype=np.float32)
    arrival /= abundance
    chosen = np.sort(np.argpartition(arrival.ravel(), values)[:values])
    rows, columns = np.divmod(chosen, genes)
    counts = rng.geometric(0.45, values).astype(np.float32)
    return np.bincount(rows, minlength=cells), columns.astype(np.int32), counts


def write_repeated(group, name, blocks, total, kind):
    """A dataset of `total` values that runs through `blocks` again and again, from chunks that are compressed once."""
    per_block = len(blocks[0])
    data = group.create_dataset(
        name, (total,), kind, chunks=(CHUNK_VALUES,), compression="gzip", compression_opts=GZIP_LEVEL)
    compressed = [[zlib.compress(block[at:at + CHUNK_VALUES].astype(kind).tobytes(), GZIP_LEVEL)
                   for at in range(0, per_block, CHUNK_VALUES)] for block in blocks]
    for at in range(0, total, CHUNK_VALUES):
        # The last chunk may be longer than the values that are left; what is behind them is never read.
        block, place = divmod(at, per_block)
        data.id.write_direct_chunk((at,), compressed[block % len(blocks)][place // CHUNK_VALUES])


def label(node, kind, version, **attributes):
    node.attrs["encoding-type"] = kind
    node.attrs["encoding-version"] = version
    for key, value in attributes.items():
        node.attrs[key] = value
    return node


def write_matrix(file, rng, asked):
    cells, step = asked.cells, asked.block_cells
    group = label(file.create_group("X"), "csr_matrix", "0.1.0", shape=np.array([cells, asked.genes]))
    blocks = [draw_block(rng, step, asked.genes, asked.per_cell) for _ in range(asked.distinct)]
    lengths = np.concatenate([blocks[i % asked.distinct][0] for i in range(-(-cells // step))])[:cells]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype("<i8")
    total = int(starts[-1])
    write_repeated(group, "indices", [columns for _, columns, _ in blocks], total, "<i4")
    write_repeated(group, "data", [counts for _, _, counts in blocks], total, asked.value_type)
    group.create_dataset("indptr", data=starts, compression="gzip")


def write_strings(group, name, values):
    data = group.create_dataset(name, (len(values),), h5py.string_dtype(), chunks=(min(len(values), 50_000),))
    for at in range(0, len(values), 50_000):
        data[at:at + 50_000] = values[at:at + 50_000]
    label(data, "string-array", "0.2.0")


def write_array(group, name, values):
    label(group.create_dataset(name, data=values, compression="gzip"), "array", "0.2.0")


def write_categories(group, name, codes, categories):
    column = label(group.create_group(name), "categorical", "0.2.0", ordered=False)
    write_array(column, "codes", codes.astype(np.int8))
    write_strings(column, "categories", categories)


def write_annotations(file, rng, cells, genes):
    """Where each cell lies follows from its type, so that the picture shows islands."""
    types = rng.integers(0, 24, cells)
    obs = label(file.create_group("obs"), "dataframe", "0.2.0", _index="_index",
                **{"column-order": ["cell_type", "donor", "total_counts", "score", "doublet"]})
    write_strings(obs, "_index", [f"cell-{i:07d}" for i in range(cells)])
    write_categories(obs, "cell_type", types, [f"type {i}" for i in range(24)])
    write_categories(obs, "donor", rng.integers(0, 60, cells), [f"donor {i}" for i in range(60)])
    write_array(obs, "total_counts", rng.lognormal(8, 0.5, cells).astype(np.float32))
    write_array(obs, "score", rng.normal(size=cells))
    write_array(obs, "doublet", rng.random(cells) < 0.05)

    var = label(file.create_group("var"), "dataframe", "0.2.0", _index="_index", **{"column-order": ["gene_id"]})
    write_strings(var, "_index", [f"GENE{i:05d}" for i in range(genes)])
    write_strings(var, "gene_id", [f"BENCH{i:08d}" for i in range(genes)])

    obsm = label(file.create_group("obsm"), "dict", "0.1.0")
    angle = types * (2 * np.pi / 24)
    ring = (6 + 3 * (types % 3))[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    write_array(obsm, "X_umap", (ring + rng.normal(scale=0.6, size=(cells, 2))).astype(np.float32))
    centres = rng.normal(scale=5, size=(24, COMPONENTS)).astype(np.float32)
    write_array(obsm, "X_pca", centres[types] + rng.standard_normal((cells, COMPONENTS), dtype=np.float32))


def write_graph(file, cells, neighbours):
    """Symmetric: each cell and the `neighbours` cells around it in file order, the ends joined."""
    half = neighbours // 2
    offsets = np.concatenate([np.arange(-half, 0), np.arange(1, half + 1)])
    strength = np.exp(-np.abs(offsets) / half).astype(np.float32)
    values = cells * len(offsets)
    obsp = label(file.create_group("obsp"), "dict", "0.1.0")
    group = label(obsp.create_group("connectivities"), "csr_matrix", "0.1.0", shape=np.array([cells, cells]))
    layout = {"chunks": (CHUNK_VALUES,), "compression": "gzip"}
    indices = group.create_dataset("indices", (values,), "<i4", **layout)
    data = group.create_dataset("data", (values,), "<f4", **layout)
    for start in range(0, cells, 10_000):
        end = min(cells, start + 10_000)
        near = (np.arange(start, end)[:, None] + offsets) % cells
        order = np.argsort(near, axis=1)
        part = slice(start * len(offsets), end * len(offsets))
        indices[part] = np.take_along_axis(near, order, axis=1).ravel()
        data[part] = strength[order].ravel()
    group.create_dataset("indptr", data=np.arange(cells + 1, dtype="<i8") * len(offsets), compression="gzip")


def main():
    parser = argparse.ArgumentParser(description="Makes a large .h5ad quickly.")
    parser.add_argument("output")
    parser.add_argument("--cells", type=int, default=1_000_000)
    parser.add_argument("--genes", type=int, default=2_000)
    parser.add_argument("--per-cell", type=int, default=100)
    parser.add_argument("--neighbours", type=int, default=0, help="even; 0 leaves the graph out")
    parser.add_argument("--value-type", default="float32", help="a numpy name")
    parser.add_argument("--block-cells", type=int, default=10_000, help="cells drawn together")
    parser.add_argument("--distinct", type=int, default=8, help="blocks drawn before they repeat")
    asked = parser.parse_args()
    if asked.block_cells * asked.per_cell % CHUNK_VALUES or not 0 < asked.per_cell < asked.genes:
        parser.error(f"--block-cells x --per-cell must be a multiple of {CHUNK_VALUES:,}, --per-cell below --genes")
    if asked.neighbours % 2 or asked.neighbours < 0:
        parser.error("--neighbours must be even")
    rng = np.random.default_rng(SEED)
    unfinished = asked.output + ".part"
    with h5py.File(unfinished, "w") as file:
        label(file, "anndata", "0.1.0")
        write_matrix(file, rng, asked)
        write_annotations(file, rng, asked.cells, asked.genes)
        if asked.neighbours:
            write_graph(file, asked.cells, asked.neighbours)
        for empty in ("uns", "layers", "varm", "varp") + (() if asked.neighbours else ("obsp",)):
            label(file.create_group(empty), "dict", "0.1.0")
    os.replace(unfinished, asked.output)


if __name__ == "__main__":
    main()
