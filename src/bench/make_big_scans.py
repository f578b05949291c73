#!/usr/bin/env python3
"""Makes CellDIVE scans of any size in little memory: one uint16 OME-TIFF a channel, tiles of 512, deflate level 6.

    make_big_scans.py FOLDER [--width 8192] [--height 8192] [--channels 4] [--sparse]

The pixels are a picture, not noise alone: cells of 5 to 12 pixels radius on a background, photon noise, and for all
channels but DAPI the background taken away, as a CellDIVE does, so that a part is exactly zero. Each tile is drawn
from a seed of its own. With --sparse the files are BigTIFFs in which only tiles below some round pieces of tissue are
stored, some 5 %; of the others the byte count is 0. Their tiles repeat 64 drawn ones. Needs numpy and tifffile.
"""

import argparse
import zlib
from pathlib import Path

import numpy as np
import tifffile

TILE, DISTINCT, SEED = 512, 64, 20260425
CHANNELS = [("1.0.4", "DAPI", ""), ("1.0.4", "Cy3", "iba1"), ("1.0.4", "Cy5", "NeuN"), ("1.0.4", "FITC", "GFAP"),
            ("2.0.4", "Cy3", "CD3"), ("2.0.4", "Cy5", "CD20"), ("2.0.4", "Cy7", "CD68"), ("2.0.4", "FITC", "PanCK")]
CELLS = 85  # a tile
# Pieces of tissue of the sparse scan: centre and radius as parts of the sides; together 5 % of the area.
PIECES = [(0.21, 0.24, 0.070), (0.55, 0.33, 0.060), (0.78, 0.62, 0.065), (0.30, 0.80, 0.055)]


def draw(number, channel):
    """One tile; cells cross its edges only by being cut off."""
    places = np.random.Generator(np.random.Philox(key=[SEED, number]))
    light = np.random.Generator(np.random.Philox(key=[SEED + 1 + channel, number]))
    side = np.arange(TILE, dtype=np.float32)
    values = np.full((TILE, TILE), 150, np.float32)
    for _ in range(CELLS):
        down, across, radius = places.uniform(0, TILE), places.uniform(0, TILE), places.uniform(5, 12)
        bright, reach = 300 + 5000 * light.uniform() ** 3, int(3 * radius)
        rows = slice(max(0, int(down) - reach), int(down) + reach)
        columns = slice(max(0, int(across) - reach), int(across) + reach)
        vertical = np.exp(-((side[rows] - np.float32(down)) / np.float32(radius)) ** 2)
        horizontal = np.exp(-((side[columns] - np.float32(across)) / np.float32(radius)) ** 2)
        values[rows, columns] += np.float32(bright) * vertical[:, None] * horizontal[None, :]
    values += 0.55 * np.sqrt(values) * light.standard_normal((TILE, TILE), dtype=np.float32)
    return np.clip(values if channel == 0 else values - 155, 0, 65535).astype("<u2")


def is_tissue(row, column, rows, columns):
    down, across = (row + 0.5) / rows, (column + 0.5) / columns
    return any((down - y) ** 2 + (across - x) ** 2 < radius**2 for y, x, radius in PIECES)


def tiles(width, height, channel, sparse):
    rows, columns = -(-height // TILE), -(-width // TILE)
    drawn = {}
    for row in range(rows):
        for column in range(columns):
            number = row * columns + column
            if sparse and not is_tissue(row, column, rows, columns):
                yield b""
                continue
            key = number % DISTINCT if sparse else number
            compressed = drawn.get(key) or zlib.compress(draw(key, channel).tobytes(), 6)
            if sparse:
                drawn[key] = compressed
            yield compressed


def describe(name, width, height, dye, channel):
    return f'''<?xml version="1.0" encoding="UTF-8"?>
<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" Creator="make_big_scans.py">
  <Image ID="Image:0" Name="{name}">
    <Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint16" SizeX="{width}" SizeY="{height}" SizeC="1" SizeZ="1"
            SizeT="1" PhysicalSizeX="0.325" PhysicalSizeXUnit="µm" PhysicalSizeY="0.325" PhysicalSizeYUnit="µm">
      <Channel ID="Channel:0:0" Name="{dye}" SamplesPerPixel="1"/>
      <TiffData IFD="0" PlaneCount="1"/>
      <Plane TheZ="0" TheC="0" TheT="0" ExposureTime="{20 + 10 * channel}" ExposureTimeUnit="ms"/>
    </Pixels>
  </Image>
</OME>
'''.encode()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--width", type=int, default=8192)
    parser.add_argument("--height", type=int, default=8192)
    parser.add_argument("--channels", type=int, default=4, choices=range(1, len(CHANNELS) + 1))
    parser.add_argument("--sparse", action="store_true")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True)
    for channel, (rounds, dye, marker) in enumerate(CHANNELS[:asked.channels]):
        words = ["BIG", rounds, "R000", dye, marker, "FINAL"]
        name = "_".join(word for word in words if word) + ".ome.tif"
        tifffile.imwrite(
            asked.folder / name, tiles(asked.width, asked.height, channel, asked.sparse), bigtiff=asked.sparse,
            shape=(asked.height, asked.width), dtype="<u2", tile=(TILE, TILE), compression="zlib",
            photometric="minisblack", metadata=None, software=False,
            description=describe(name, asked.width, asked.height, dye, channel))


if __name__ == "__main__":
    main()
