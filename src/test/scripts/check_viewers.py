#!/usr/bin/env python3
"""Compares what viewers' libraries read in a browser (viewer_drive.mjs) with scans and with a data set, as tifffile and
h5py read those.

    check_viewers.py SEEN.json FOLDER SCANS INPUT.h5ad

FOLDER holds the outputs that were served, each with its manifest beside it. Images have to be means, level by level.
Needs h5py, numpy, scipy and tifffile; prints each finding, and "equal" if there is none.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

import h5py
import numpy as np
import scipy.sparse as sparse

from check_pyramid import Source, channels_by_name, check_omero, close, equal, expect, findings, halved


def fingerprint(pixels):
    return hashlib.sha256(np.ascontiguousarray(pixels, pixels.dtype.newbyteorder("<")).tobytes()).hexdigest()


def pyramid(source, levels):
    pixels = source.pixels
    for _ in range(levels):
        yield pixels
        pixels = halved(pixels, "mean")


def check_viv(found, channels, sources, where):
    pyramids = [list(pyramid(source, len(found["levels"]))) for source in sources]
    for level, read in enumerate(found["levels"]):
        planes, here = [pixels[level] for pixels in pyramids], f"{where}, level {level}"
        equal(read["labels"], ["c", "y", "x"], here, "axes")
        equal(read["shape"], [len(planes), *planes[0].shape], here, "shape")
        equal(read["type"].lower(), planes[0].dtype.name, here, "type")
        equal(read["planes"], [fingerprint(plane) for plane in planes], here, "pixels of the channels")
        tile, side = read["lastTile"], read["tileSize"]
        part = planes[-1][tile["y"] * side:, tile["x"] * side:]
        equal([tile["height"], tile["width"], tile["sha256"]], [*part.shape, fingerprint(part)], here, "last tile")
    check_omero(found, channels, sources)


def check_drawn(found, shown, sources, where):
    """A channel is black at the start of its window and in full colour at its end; the brightest channel is seen."""
    for level, image in enumerate(found["drawn"]):
        light, here = 0, f"{where}, level {level}"
        for channel, source in zip(shown, sources):
            window, colour = channel["window"], np.frombuffer(bytes.fromhex(channel["color"]), np.uint8)
            pixels = list(pyramid(source, level + 1))[-1].astype(float)
            bright = np.clip((pixels - window["start"]) / (window["end"] - window["start"]), 0, 1)
            light = np.maximum(light, np.floor(bright[..., None] * colour))
        seen = np.frombuffer(base64.b64decode(image["rgba"]), np.uint8).reshape(image["height"], image["width"], 4)
        if equal(seen.shape[:2], light.shape[:2], here, "size drawn"):
            wrong = np.count_nonzero((seen[..., :3] != light).any(axis=-1))
            expect(not wrong, here, f"{wrong:,} pixels drawn in another colour")
        size = sources[0].pixel_size
        close(found["scales"][level], [1, size[1] * 2**level, size[0] * 2**level], here, "scale")


def check_gene(found, column, where):
    cells = np.flatnonzero(column)
    equal(found["cells"], cells.tolist(), where, "cells")
    equal(found["values"], column[cells].tolist(), where, "values")


def check_vitessce(found, column, names, where):
    equal(found["column"], column.tolist(), where, "column")
    equal(found["cells"], names, where, "names of the cells")


def check_answers(answers, folder, where):
    """What is there is sent or known already; what is not may be asked for, and 404 is the answer that readers know."""
    listed = {}
    for code, path in answers:
        name, _, file = path.partition("/")
        if name not in listed:
            manifest = json.loads((folder / f"{name}.cellferry.json").read_text())
            listed[name] = {entry["path"] for entry in manifest["files"]}
        expected = [200, 206, 304] if file in listed[name] else [404]
        expect(code in expected, where, f"{path}: answered with {code}")


def main():
    seen, folder, scans, data = json.loads(Path(sys.argv[1]).read_text()), *map(Path, sys.argv[2:5])
    regions = channels_by_name(scans)
    with h5py.File(data) as file:
        stored = file["X"]
        parts = (stored["data"][:], stored["indices"][:], stored["indptr"][:])
        columns = sparse.csr_matrix(parts, stored.attrs["shape"]).tocsc()
        genes, cells = ([name.decode() for name in file[axis][file[axis].attrs["_index"]]] for axis in ("var", "obs"))
    for complaint in seen["complaints"]:
        findings.append(f"browser: {complaint}")
    check_answers(seen["answers"], folder, "service")
    shown = {}
    for result in seen["results"]:
        (reader, path, *rest), found = result["request"].split(" "), result["found"]
        where = result["request"]
        if not expect("error" not in found, where, str(found.get("error"))):
            continue
        if reader in ("viv", "omeZarrJs"):
            channels = regions[Path(path).stem]
            sources = [Source(scans / file) for _, file in channels]
            if reader == "viv":
                check_viv(found, channels, sources, where)
                shown[path] = found["channels"]
            else:
                check_drawn(found, shown[path], sources, where)
        else:
            column = columns[:, genes.index(rest[0])].toarray().ravel()
            expect(column.any(), where, "a gene without values shows nothing")
            if reader == "gene":
                check_gene(found, column, where)
            else:
                check_vitessce(found, column, cells, where)
    for finding in findings:
        print(finding)
    if findings:
        sys.exit(1)
    print(f"equal: {len(seen['results'])} readings in {seen['browser']}")


if __name__ == "__main__":
    main()
