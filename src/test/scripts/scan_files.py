"""Scans as a CellDIVE leaves them: one channel a file, an OME-TIFF with a picture of cells and its own OME-XML.

Imported by make_demo_scans.py and make_scans.py. Nothing was measured: the same numbers give the same pixels and the
same text. Everything that tells one channel from another (exposure, power, gain, wavelength) differs from file to
file, so that what ends up beside the wrong channel is seen. Needs numpy and tifffile, and no imagecodecs: PackBits and
the predictor are written here.
"""

import uuid
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tifffile

SCHEMA = "http://www.openmicroscopy.org/Schemas/OME/2016-06"
LOCATION = f"{SCHEMA} {SCHEMA}/ome.xsd"
# Dye: excitation and emission in nm.
WAVELENGTHS = {"DAPI": (385, 450), "FITC": (485, 525), "CY3": (545, 580), "CY5": (630, 670), "CY7": (750, 790)}
TYPES = {"float32": "float", "float64": "double"}


def picture(height, width, tissue, stain, dtype="uint16", spacing=26.0, noise=0.4):
    """Cells on a jittered lattice. Those of one `tissue` lie at the same places; how bright each is goes by `stain`.
    `noise` is that of photons, times the root of the brightness."""
    places = np.random.Generator(np.random.Philox(key=[tissue, 1]))
    light = np.random.Generator(np.random.Philox(key=[tissue, 1000 + stain]))
    rows, columns = int(height / spacing) + 2, int(width / spacing) + 2
    x, y = np.arange(width), np.arange(height)
    values = 120 + 30 * np.sin(y / 61.0 + stain)[:, None] * np.cos(x / 83.0)[None, :]
    for row in range(rows):
        for column in range(columns):
            down, across = (row + places.uniform(-0.4, 0.4)) * spacing, (column + places.uniform(-0.4, 0.4)) * spacing
            radius, bright = places.uniform(4.0, 8.0), light.uniform() ** 3 * 9000
            reach = int(3 * radius)
            top, left = max(0, int(down) - reach), max(0, int(across) - reach)
            bottom, right = min(height, int(down) + reach), min(width, int(across) + reach)
            if top < bottom and left < right:
                vertical = np.exp(-((y[top:bottom] - down) / radius) ** 2)
                horizontal = np.exp(-((x[left:right] - across) / (1.2 * radius)) ** 2)
                values[top:bottom, left:right] += bright * vertical[:, None] * horizontal[None, :]
    values += noise * np.sqrt(values) * light.standard_normal((height, width))
    kind = np.dtype(dtype)
    if kind.kind == "f":
        return (values / 7.0 - 20.0).astype(kind)
    if kind.kind == "i":
        values -= 160.0
    scale = {1: 1 / 36, 2: 6, 4: 400_000}[kind.itemsize]
    limits = np.iinfo(kind)
    return np.clip(values * scale, limits.min, limits.max).astype(kind)


@dataclass
class Scan:
    """One file. `number` is its place in the folder; what OME-XML says of the channel is derived from it."""

    name: str
    dye: str
    number: int
    pixels: np.ndarray
    pixel_size: tuple = (0.325, 0.325)
    bad_schema: bool = False
    described: bool = True

    def ome_xml(self):
        height, width = self.pixels.shape
        excitation, emission = WAVELENGTHS.get(self.dye.upper(), (594, 617))
        own = uuid.uuid5(uuid.NAMESPACE_URL, self.name)
        location = f'xmlns:schemaLocation="{LOCATION}"' if self.bad_schema else (
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{LOCATION}"')
        size = "" if self.pixel_size is None else (
            f' PhysicalSizeX="{self.pixel_size[0]}" PhysicalSizeXUnit="µm"'
            f' PhysicalSizeY="{self.pixel_size[1]}" PhysicalSizeYUnit="µm"')
        light, detector = f"LightSource:{self.number}", f"Detector:{self.number}"
        return f'''<?xml version="1.0" encoding="UTF-8"?>
<OME xmlns="{SCHEMA}" {location} UUID="urn:uuid:{own}" Creator="scan_files.py">
  <Instrument ID="Instrument:0">
    <LightEmittingDiode ID="{light}" Manufacturer="Invented" Model="{self.dye} lamp" Power="{70 + self.number}" PowerUnit="mW"/>
    <Detector ID="{detector}" Type="CMOS" Model="Camera {self.number % 2}"/>
    <Objective ID="Objective:0" NominalMagnification="20" LensNA="0.75"/>
  </Instrument>
  <Image ID="Image:0" Name="{self.name}">
    <AcquisitionDate>2025-10-08T09:30:00</AcquisitionDate>
    <InstrumentRef ID="Instrument:0"/>
    <ObjectiveSettings ID="Objective:0"/>
    <Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="{TYPES.get(self.pixels.dtype.name, self.pixels.dtype.name)}"
            SizeX="{width}" SizeY="{height}" SizeC="1" SizeZ="1" SizeT="1"{size}>
      <Channel ID="Channel:0:0" Name="{self.dye}" SamplesPerPixel="1" Fluor="{self.dye}"
               ExcitationWavelength="{excitation}" ExcitationWavelengthUnit="nm"
               EmissionWavelength="{emission}" EmissionWavelengthUnit="nm">
        <LightSourceSettings ID="{light}" Attenuation="{self.number % 4 * 0.25}"/>
        <DetectorSettings ID="{detector}" Binning="1x1" Gain="{1 + self.number * 0.25}" Offset="100"/>
      </Channel>
      <TiffData IFD="0" PlaneCount="1"><UUID FileName="{self.name}">urn:uuid:{own}</UUID></TiffData>
      <Plane TheZ="0" TheC="0" TheT="0" ExposureTime="{20.5 + 10 * self.number}" ExposureTimeUnit="ms"/>
    </Pixels>
  </Image>
</OME>
'''


@dataclass
class Layout:
    """How pixels lie in the file. `tile` is a side, `rows` those of a strip where `tile` is 0; `levels` above 1 adds
    reduced copies as SubIFDs; `resolution` is the pixel size to note in the TIFF itself, in micrometres. With `sparse`
    tiles of nothing but zeros are left out."""

    tile: int = 128
    rows: int = 0
    compression: str = "zlib"
    predictor: bool = False
    big: bool = False
    order: str = "<"
    levels: int = 1
    resolution: float = 0.0
    sparse: bool = False

    def blocks(self, pixels):
        """Tiles, padded with zeros, or strips."""
        height, width = pixels.shape
        if not self.tile:
            for top in range(0, height, self.rows):
                yield np.ascontiguousarray(pixels[top:top + self.rows])
            return
        for top in range(0, height, self.tile):
            for left in range(0, width, self.tile):
                part = pixels[top:top + self.tile, left:left + self.tile]
                block = np.zeros((self.tile, self.tile), pixels.dtype)
                block[:part.shape[0], :part.shape[1]] = part
                yield block

    def encoded(self, pixels):
        for block in self.blocks(pixels):
            if self.sparse and not block.any():
                yield b""
                continue
            stored = block.copy()
            if self.predictor:
                stored[:, 1:] -= block[:, :-1]
            stored = stored.astype(stored.dtype.newbyteorder(self.order))
            if self.compression == "packbits":
                yield b"".join(packed_bits(row.tobytes()) for row in stored)
            else:
                yield zlib.compress(stored.tobytes(), 9)


def packed_bits(row):
    """A row of bytes as PackBits: repeats of 3 to 128 bytes, and runs of up to 128 others."""
    out, others, at = bytearray(), bytearray(), 0

    def flush():
        for start in range(0, len(others), 128):
            run = others[start:start + 128]
            out.append(len(run) - 1)
            out.extend(run)
        others.clear()

    while at < len(row):
        end = at + 1
        while end < len(row) and end - at < 128 and row[end] == row[at]:
            end += 1
        if end - at < 3:
            others.extend(row[at:end])
        else:
            flush()
            out.append(257 - (end - at))
            out.append(row[at])
        at = end
    flush()
    return bytes(out)


def write(folder, scan, layout):
    """Writes the file and makes sure that tifffile reads the pixels back."""
    path = Path(folder, scan.name)
    pixels = scan.pixels
    by_hand = layout.compression in ("zlib", "packbits")
    common = dict(photometric="minisblack", metadata=None, software=False)
    # PackBits goes under the number of deflate first: tifffile has no encoder for it and asks for one.
    common["compression"] = "zlib" if by_hand else None
    common["predictor"] = 2 if layout.predictor else None
    common.update(tile=(layout.tile, layout.tile)) if layout.tile else common.update(rowsperstrip=layout.rows)
    if layout.resolution:
        common.update(resolution=(1e4 / layout.resolution,) * 2, resolutionunit="CENTIMETER")
    with tifffile.TiffWriter(path, bigtiff=layout.big, byteorder=layout.order) as tif:
        for level in range(layout.levels):
            part = np.ascontiguousarray(pixels[::1 << level, ::1 << level])
            first = dict(description=scan.ome_xml().encode() if scan.described else None,
                         subifds=layout.levels - 1) if level == 0 else dict(subfiletype=1)
            shape = dict(shape=part.shape, dtype=part.dtype.newbyteorder(layout.order)) if by_hand else {}
            tif.write(layout.encoded(part) if by_hand else part, **shape, **first, **common)
    if layout.compression == "packbits":
        with tifffile.TiffFile(path, mode="r+b") as tif:
            tif.pages[0].tags["Compression"].overwrite(32773)
    with tifffile.TiffFile(path) as tif:
        assert np.array_equal(tif.pages[0].asarray(), pixels), path
