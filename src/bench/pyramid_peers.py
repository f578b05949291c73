#!/usr/bin/env python3
"""Two other ways from scans to an OME-Zarr pyramid, to be timed from outside, and a comparison.

    pyramid_peers.py strong SCANS OUTPUT.zarr [LEVELS]      the best we would write with dask
    pyramid_peers.py original SCANS OUTPUT.zarr [LEVELS]    as the pipeline does that this program replaces
    pyramid_peers.py indexed SCANS OUTPUT.zarr [LEVELS]     the same, but picks pixels by indexing: a lower bound
    pyramid_peers.py same OUTPUT.zarr OTHER.zarr            whether all levels of two images are equal

strong: tiles read in blocks that hold whole chunks, 1024-pixel chunks in blosc lz4, each level the 2 x 2 mean, in
integers, of the one stored before, one task for each chunk. original: each channel read as one page, all levels in one
graph by nearest neighbour with scikit-image, block by block, chunks of 16 MiB that grow along X first, blosc zstd 3
with bits shuffled. They write pixels and a minimum of metadata, and none survives a crash. Needs dask, numcodecs,
numpy, tifffile and zarr 2, `original` also scikit-image.
"""

import os
import sys
from pathlib import Path

import dask
import dask.array as da
import numpy as np
import tifffile
import zarr
from numcodecs import Blosc

CHUNK = 1024
# Sides of the levels by the original's factors; it has no more than these.
FACTORS = [1, 2, 4, 8, 12]


def planes(scans, chunkmode):
    """One lazy plane a file. In the order of names: which is which does not matter here, only that it is stable."""
    files = sorted(path for path in Path(scans).iterdir() if path.name.endswith(".ome.tif"))
    return [da.from_zarr(zarr.open(tifffile.imread(file, aszarr=True, chunkmode=chunkmode), "r")) for file in files]


def array(root, level, shape, chunks, dtype, compressor):
    return root.zeros(str(level), shape=shape, chunks=chunks, dtype=dtype, compressor=compressor,
                      dimension_separator="/", write_empty_chunks=False)


def mean(block):
    """Of 2 x 2 pixels, halves up; the last row and column count twice where they are odd."""
    full = np.pad(block, ((0, 0), (0, block.shape[1] % 2), (0, block.shape[2] % 2)), "edge")
    total = full[:, ::2, ::2].astype(np.uint32)
    for rows, columns in ((1, 0), (0, 1), (1, 1)):
        total += full[:, rows::2, columns::2]
    total += 2
    total >>= 2
    return total.astype(block.dtype)


def strong(scans, root, levels):
    codec = Blosc(cname="lz4", clevel=5, shuffle=Blosc.SHUFFLE)
    pixels = da.stack(planes(scans, None)).rechunk((1, CHUNK, CHUNK))
    for level in range(levels):
        if level:
            wide = da.from_zarr(root[str(level - 1)]).rechunk((1, 2 * CHUNK, 2 * CHUNK))
            chunks = tuple(tuple(-(-extent // 2) for extent in sizes) for sizes in wide.chunks[1:])
            pixels = wide.map_blocks(mean, dtype=wide.dtype, chunks=(wide.chunks[0], *chunks))
        stored = array(root, level, pixels.shape, (1, CHUNK, CHUNK), pixels.dtype, codec)
        da.store(pixels, stored, lock=False)


def resized(pixels, shape):
    """Nearest neighbour as the original's writer takes it: each block is resized for itself, then cut to the shape."""
    from skimage.transform import resize

    factors = [small / large for small, large in zip(shape, pixels.shape)]
    steps = [max(1, int(np.ceil(np.ceil(size * factor) / factor))) for size, factor in zip(pixels.chunksize, factors)]
    blocks = pixels.rechunk(tuple(steps))

    def one(block):
        small = tuple(int(np.ceil(size * factor)) for size, factor in zip(block.shape, factors))
        return resize(block, small, order=0, preserve_range=True, anti_aliasing=False).astype(block.dtype)

    chunks = tuple(tuple(int(np.ceil(size * factor)) for size in sizes) for sizes, factor in zip(blocks.chunks, factors))
    return blocks.map_blocks(one, dtype=pixels.dtype, chunks=chunks)[tuple(slice(0, extent) for extent in shape)]


def indexed(pixels, shape):
    step = pixels.shape[1] // shape[1]
    return pixels[:, ::step, ::step][:, :shape[1], :shape[2]]


def original(scans, root, levels, smaller=resized):
    codec = Blosc(cname="zstd", clevel=3, shuffle=Blosc.BITSHUFFLE)
    full = da.stack(planes(scans, "page"))
    pixels, targets, sources = full, [], []
    for level, factor in enumerate(FACTORS[:levels]):
        shape = (full.shape[0], full.shape[1] // factor, full.shape[2] // factor)
        left, chunks = (16 << 20) // full.dtype.itemsize, []
        for extent in reversed(shape):
            chunks.insert(0, max(1, min(extent, left)))
            left = max(1, left // chunks[0])
        if level:
            # The last level is 12 times smaller than the first; only the first can be indexed for it.
            pixels = resized(pixels, shape) if smaller is resized else indexed(full, shape)
        targets.append(array(root, level, shape, tuple(chunks), full.dtype, codec))
        sources.append(pixels.rechunk(tuple(chunks)))
    da.store(sources, targets, lock=False)


def same(one, other):
    first, second = zarr.open_group(one, "r"), zarr.open_group(other, "r")
    assert sorted(first.array_keys()) == sorted(second.array_keys()), (one, other)
    for level in first.array_keys():
        left, right = first[level], second[level]
        assert left.shape == right.shape and left.dtype == right.dtype, level
        # Channels are in different orders; each has to occur once.
        unused = list(range(right.shape[0]))
        for channel in range(left.shape[0]):
            plane = left[channel]
            match = next((number for number in unused if np.array_equal(plane, right[number])), None)
            assert match is not None, f"level {level}, channel {channel}"
            unused.remove(match)
    print("same pixels on all levels")


def main():
    way, source, target = sys.argv[1:4]
    if way == "same":
        same(source, target)
        return
    levels = int(sys.argv[4]) if len(sys.argv) > 4 else len(FACTORS)
    root = zarr.open_group(zarr.storage.FSStore(target, dimension_separator="/", auto_mkdir=True), mode="w")
    with dask.config.set(scheduler="threads", num_workers=os.cpu_count()):
        if way == "strong":
            strong(source, root, levels)
        else:
            original(source, root, levels, {"original": resized, "indexed": indexed}[way])
    root.attrs["multiscales"] = [{"version": "0.4", "datasets": [{"path": str(level)} for level in range(levels)]}]


if __name__ == "__main__":
    main()
