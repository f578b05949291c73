#!/usr/bin/env python3
"""The two usual ways to a gene-major store, timed: what people run today.

    transpose_peers.py tocsc INPUT.h5ad OUTPUT.zarr     the whole matrix in memory, scipy's tocsc, anndata-like arrays
    transpose_peers.py windows INPUT.h5ad OUTPUT.zarr   windows of 1,000 genes, each one pass over the input; two of
                                                        them are run (one of more than 10^9 values) and the rest
                                                        extrapolated

Prints the stored values, seconds of CPU and wall, and ns per stored value. Needs h5py, scipy, zarr 2.
"""

import resource
import sys
import time

import h5py
import numpy as np
import scipy.sparse as sparse
import zarr

WINDOW_GENES = 1_000
TIMED_WINDOWS = 2
LARGE = 10**9
ROWS = 2_000
CHUNK = 1 << 17


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def store(path, stored, genes):
    root = zarr.open_group(path, mode="w")
    group = root.create_group("X")
    return (
        group.create_dataset("data", shape=(stored,), dtype="f8", chunks=(CHUNK,)),
        group.create_dataset("indices", shape=(stored,), dtype="i4", chunks=(CHUNK,)),
        group.create_dataset("indptr", shape=(genes + 1,), dtype="i8"),
    )


def tocsc(matrix, output):
    shape = tuple(matrix.attrs["shape"])
    rows = sparse.csr_matrix((matrix["data"][:], matrix["indices"][:], matrix["indptr"][:]), shape=shape)
    columns = rows.tocsc()
    data, indices, indptr = store(output, columns.nnz, shape[1])
    data[:] = columns.data
    indices[:] = columns.indices
    indptr[:] = columns.indptr
    return 1


def windows(matrix, output):
    cells, genes = matrix.attrs["shape"]
    starts = matrix["indptr"][:]
    data, indices, _ = store(output, len(matrix["data"]), genes)
    timed = 1 if len(matrix["data"]) > LARGE else TIMED_WINDOWS
    at = 0
    for window in range(timed):
        low, high = window * WINDOW_GENES, (window + 1) * WINDOW_GENES
        found_rows, found_genes, found_values = [], [], []
        for row in range(0, cells, ROWS):
            end = min(cells, row + ROWS)
            part = slice(starts[row], starts[end])
            columns = matrix["indices"][part]
            values = matrix["data"][part]
            inside = (columns >= low) & (columns < high)
            of_rows = np.repeat(np.arange(row, end), np.diff(starts[row:end + 1]))
            found_rows.append(of_rows[inside])
            found_genes.append(columns[inside])
            found_values.append(values[inside])
        rows, columns = np.concatenate(found_rows), np.concatenate(found_genes)
        order = np.lexsort((rows, columns))
        data[at:at + len(order)] = np.concatenate(found_values)[order]
        indices[at:at + len(order)] = rows[order]
        at += len(order)
    return -(-genes // WINDOW_GENES) / timed


def main():
    way, source, output = sys.argv[1:]
    with h5py.File(source) as file:
        matrix = file["X"]
        stored = len(matrix["data"])
        used, clock = cpu(), time.time()
        factor = {"tocsc": tocsc, "windows": windows}[way](matrix, output)
        used, clock = (cpu() - used) * factor, (time.time() - clock) * factor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    note = "" if factor == 1 else f" (x {factor:.1f} extrapolated)"
    print(f"{way}: {stored:,} values, {used:.1f} s CPU, {clock:.1f} s wall, "
          f"{used / stored * 1e9:.1f} CPU ns/value, {peak} MiB{note}")


main()
