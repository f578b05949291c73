#!/usr/bin/env python3
"""Makes jobs/data/scans: two regions of invented tissue in three channels, taken in two rounds on two days.

Pixels are pictures of cells from a seed; names and OME-XML are like those of a CellDIVE. Six files, some 700 kB. Needs
numpy and tifffile.

    src/test/scripts/make_demo_scans.py [FOLDER]
"""

import sys
from pathlib import Path

import numpy as np

from scan_files import Layout, Scan, picture, write

WIDTH, HEIGHT, BACKGROUND = 420, 330, 160
CHANNELS = [("10082025", "1.0.4", "DAPI", "", "F"), ("10082025", "1.0.4", "Cy3", "PanCK", "AFR_F"),
            ("10092025", "2.0.4", "Cy5", "CD20", "AFR_F")]


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for region in range(2):
        for number, (date, rounds, dye, marker, rest) in enumerate(CHANNELS):
            words = ["DEMO", date, "S1", rounds, f"R{region:03d}", dye, marker, "FINAL", rest]
            name = "_".join(word for word in words if word) + ".ome.tif"
            pixels = picture(HEIGHT, WIDTH, tissue=20260425 + region, stain=number, noise=0.15) // 8
            if rest.startswith("AFR"):
                # Autofluorescence removed: what is no brighter than the background becomes exactly zero.
                pixels = np.maximum(pixels, BACKGROUND) - BACKGROUND
            write(folder, Scan(name, dye, number, pixels), Layout(tile=128))


if __name__ == "__main__":
    here = Path(__file__).resolve().parents[3]
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else here / "jobs" / "data" / "scans")
