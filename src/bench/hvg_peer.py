#!/usr/bin/env python3
"""Mean and variance of every gene by row blocks, as a careful dask + numpy script does it; and the check against ours.

    hvg_peer.py sums INPUT.h5ad OUTPUT.npz [--total 1e4] [--workers N] [--scheduler threads]
    hvg_peer.py same OUTPUT.npz TABLE.csv

Row blocks are those of cellferry: at most 1,048,576 stored values or 65,536 cells, in at most 64 ranges. A range is one
task, which opens the file itself. Workers are threads, which wait for the locks of h5py and np.bincount, or processes,
which take longer to start. --total scales each cell to that sum first, as the flavour `seurat` wants it. This is only the part of the work that
reads: no limits of counts, no fit, no choice, no journal.

`sums` prints the peak resident set of all its processes together, in KiB: the sum of the peak of each. `same` compares
means with variances or dispersions, whichever the table has, and fails where a gene differs by more than 1e-9 of them.
Needs dask and h5py.
"""

import argparse
import csv
import os
import resource
import sys

import dask
import h5py
import numpy as np

BLOCK_VALUES = 1 << 20
BLOCK_CELLS = 1 << 16
RANGES = 64
TOLERANCE = 1e-9


def row_blocks(starts):
    """First and last row of each block."""
    cells = len(starts) - 1
    blocks, low = [], 0
    while low < cells:
        fits = int(np.searchsorted(starts, starts[low] + BLOCK_VALUES, side="right")) - 1
        high = min(cells, low + BLOCK_CELLS, max(low + 1, fits))
        blocks.append((low, high))
        low = high
    return blocks


def add_up(path, blocks, places, genes, total):
    """Sums and sums of squares over some blocks; `places` are where their values begin and end."""
    sums, squares = np.zeros(genes), np.zeros(genes)
    with h5py.File(path) as file:
        matrix = file["X"]
        for (low, high), (first, last) in zip(blocks, places):
            values = matrix["data"][first:last].astype(np.float64)
            columns = matrix["indices"][first:last]
            if total:
                lengths = np.diff(matrix["indptr"][low:high + 1])
                of_rows = np.bincount(np.repeat(np.arange(high - low), lengths), values, high - low)
                with np.errstate(divide="ignore"):
                    values *= np.repeat(total / of_rows, lengths)
            sums += np.bincount(columns, values, genes)
            squares += np.bincount(columns, values * values, genes)
    return sums, squares, os.getpid(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def combine(parts):
    peaks = {}
    for _, _, process, peak in parts:
        peaks[process] = max(peaks.get(process, 0), peak)
    return sum(part[0] for part in parts), sum(part[1] for part in parts), peaks


def moments(asked):
    with h5py.File(asked.input) as file:
        cells, genes = (int(length) for length in file["X"].attrs["shape"])
        starts = file["X/indptr"][:]
    blocks = row_blocks(starts)
    tasks = []
    ranges = min(RANGES, len(blocks))
    for part in range(ranges):
        some = blocks[part * len(blocks) // ranges:(part + 1) * len(blocks) // ranges]
        places = [(int(starts[low]), int(starts[high])) for low, high in some]
        tasks.append(dask.delayed(add_up)(asked.input, some, places, genes, asked.total))
    parts = dask.compute(*tasks, scheduler=asked.scheduler, num_workers=asked.workers)
    sums, squares, peaks = combine(parts)
    means = sums / cells
    np.savez(asked.output, means=means, variances=(squares - cells * means * means) / (cells - 1))
    peaks[os.getpid()] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(sum(peaks.values()))


def same(asked):
    peer = np.load(asked.input)
    with open(asked.output, newline="") as file:
        rows = list(csv.DictReader(file))
    ours = {name: np.array([float(row[name] or "nan") for row in rows]) for name in rows[0] if name in
            ("means", "variances", "dispersions")}
    if "variances" in ours:
        theirs = {"means": peer["means"], "variances": peer["variances"]}
    else:
        # scanpy gives a gene without a count this mean and no dispersion.
        means = np.where(peer["means"] == 0, 1e-12, peer["means"])
        with np.errstate(divide="ignore"):
            theirs = {"means": np.log1p(means), "dispersions": np.log(peer["variances"] / means)}
    for name, values in theirs.items():
        if len(values) != len(ours[name]):
            sys.exit(f"{name}: {len(ours[name]):,} genes in the table, {len(values):,} of the peer")
        known = np.isfinite(values) & np.isfinite(ours[name])
        if name != "dispersions" and not known.all():
            sys.exit(f"{name}: {np.count_nonzero(~known):,} genes have none")
        if not np.array_equal(known, np.isfinite(values)):
            sys.exit(f"{name}: {np.count_nonzero(known != np.isfinite(values)):,} genes have one only here")
        off = np.abs(values - ours[name])[known] / np.maximum(np.abs(values[known]), 1e-300)
        off[values[known] == ours[name][known]] = 0
        if off.size and off.max() > TOLERANCE:
            sys.exit(f"{name}: {np.count_nonzero(off > TOLERANCE):,} genes differ, by {off.max():.1e} at most")
        print(f"{name} of {np.count_nonzero(known):,} genes agree within {off.max(initial=0):.1e}")


def main():
    parser = argparse.ArgumentParser(description="Means and variances of genes with dask and numpy.")
    parser.add_argument("what", choices=["sums", "same"])
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--total", type=float, default=0)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--scheduler", choices=["processes", "threads", "synchronous"], default="threads")
    asked = parser.parse_args()
    {"sums": moments, "same": same}[asked.what](asked)


if __name__ == "__main__":
    main()
