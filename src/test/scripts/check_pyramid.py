#!/usr/bin/env python3
"""Compares a folder of image pyramids with the scans it was made from, by other software than ours.

    check_pyramid.py SCANS OUTPUT [--labels FILE] [FLAGS OF `cellferry pyramid`]

Each region has its image; each channel is looked up by its label and stands at its place, in `omero` and in OME-XML
alike; the full level equals its file (tifffile), every smaller one is made of the one before; sizes, places, colours,
windows and OME-XML are what the files and the flags say. With --labels the channels have to be those that
make_scans.py lists, else those that the names of the files say. Needs numcodecs, numpy, tifffile and zarr 2. Prints
each finding, and "equal" if there is none.
"""

import argparse
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import tifffile

from zarr_files import open_image

OME = "{http://www.openmicroscopy.org/Schemas/OME/2016-06}"
COLOURS = {"DAPI": "FFFFFF", "FITC": "00FF00", "Cy3": "FFB000", "Cy5": "DC267F", "Cy7": "00FFFF"}
OTHER_COLOURS = ["FFB000", "DC267F", "00FFFF", "00FF00", "FE6100", "785EF0", "FFE119", "648FFF"]
ROUND = re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,3}")
CODECS = {"blosc": "blosc-lz4", "lz4": "blosc-lz4", "zstd": "blosc-zstd", "none": "none"}
TYPES = {"float32": "float", "float64": "double"}

findings = []


def expect(true, where, text):
    if not true:
        findings.append(f"{where}: {text}")
    return true


def equal(found, expected, where, what):
    return expect(found == expected, where, f"{what}: expected {expected}, found {found}")


def close(found, expected, where, what):
    same = len(found) == len(expected) and all(
        abs(one - other) <= 1e-9 * max(abs(one), abs(other)) for one, other in zip(found, expected))
    return expect(same, where, f"{what}: expected {expected}, found {found}")


# What the names of the files say.

def read_name(file):
    """Region and what orders and names a channel, or nothing if the name is not that of a scan."""
    stem = re.sub(r"(\.ome)?\.tiff?$", "", file, flags=re.I)
    words = stem.split("_")
    rounds = [place for place, word in enumerate(words) if ROUND.fullmatch(word)]
    if stem == file or file.startswith(".") or len(rounds) != 1:
        return None
    place = rounds[0]
    tail = [word.upper() for word in words[place + 3:]]
    if not re.fullmatch(r"R\d{3}", "".join(words[place + 1:place + 2]), re.I) or tail.count("FINAL") != 1:
        return None
    dye = next((known for known in COLOURS if known.upper() == words[place + 2].upper()), words[place + 2])
    marker = "_".join(words[place + 3:place + 3 + tail.index("FINAL")]).strip("_")
    known = list(COLOURS).index(dye) if dye in COLOURS else len(COLOURS)
    order = ([int(number) for number in words[place].split(".")], known, dye.lower(), marker.lower(), file)
    return words[place + 1].upper(), order, f"{dye}_{marker}" if marker else dye, words[place]


def channels_by_name(scans):
    regions = {}
    for path in scans.iterdir():
        name = read_name(path.name)
        if name:
            regions.setdefault(name[0], []).append((name[1], name[2], name[3], path.name))
    shown = {}
    for region, files in regions.items():
        short = [label.lower() for _, label, _, _ in files]
        shown[region] = [(label if short.count(label.lower()) == 1 else f"{label}_{rounds}", file)
                         for _, label, rounds, file in sorted(files)]
    return shown


def channels_listed(file):
    regions = {}
    for line in Path(file).read_text().splitlines():
        region, label, name = line.split("\t")
        regions.setdefault(region, []).append((label, name))
    return regions


# What the files themselves say.

class Source:
    def __init__(self, path):
        with tifffile.TiffFile(path) as tif:
            page = tif.pages[0]
            self.pixels = page.asarray().reshape(page.imagelength, page.imagewidth)
            resolution = page.tags.get("XResolution"), page.tags.get("ResolutionUnit")
            self.xml = None
            if page.description.startswith("<"):
                self.xml = ElementTree.fromstring(page.description.encode())
        self.pixel_size = None
        if resolution[0] and resolution[1] and resolution[1].value == 3:
            numerator, denominator = resolution[0].value
            self.pixel_size = (1e4 * denominator / numerator,) * 2
        if self.xml is not None:
            pixels = self.xml.find(f".//{OME}Pixels")
            if pixels.get("PhysicalSizeX"):
                self.pixel_size = float(pixels.get("PhysicalSizeX")), float(pixels.get("PhysicalSizeY"))


def settings(xml, channel):
    """How a channel was taken, with the parts it refers to; None for what is not said."""
    instrument = xml.find(f"{OME}Instrument")
    parts = {part.get("ID"): part for part in (instrument if instrument is not None else [])}
    pixels = xml.find(f".//{OME}Pixels")
    described = pixels.findall(f"{OME}Channel")[channel]
    plane = [plane for plane in pixels.findall(f"{OME}Plane") if int(plane.get("TheC")) == channel]
    taken = {"exposure": number(plane[0], "ExposureTime") if plane else None, "fluor": described.get("Fluor")}
    if plane and plane[0].get("ExposureTime"):
        taken["exposure unit"] = plane[0].get("ExposureTimeUnit", "s")
    for name in ("ExcitationWavelength", "EmissionWavelength"):
        taken[name] = number(described, name)
        taken[name + " unit"] = described.get(name + "Unit")
    for kind, numbers, words in (
            ("LightSourceSettings", ["Power", "Wavelength"], ["Manufacturer", "Model", "PowerUnit", "Type"]),
            ("DetectorSettings", [], ["Manufacturer", "Model", "Type"])):
        setting = described.find(OME + kind)
        if setting is not None:
            part = parts[setting.get("ID")]
            taken[kind] = part.tag
            taken.update({f"{kind} {name}": number(part, name) for name in numbers})
            taken.update({f"{kind} {name}": part.get(name) for name in words})
            taken.update({f"{kind} {name}": number(setting, name) for name in ("Attenuation", "Gain", "Offset")})
            taken[f"{kind} Binning"] = setting.get("Binning")
    return taken


def number(element, name):
    return None if element.get(name) is None else float(element.get(name))


# What has to come of it.

def halved(pixels, how):
    height, width = pixels.shape
    full = np.pad(pixels, ((0, height % 2), (0, width % 2)), "edge")
    four = full[::2, ::2], full[1::2, ::2], full[::2, 1::2], full[1::2, 1::2]
    if how == "nearest":
        return four[0]
    if how == "max":
        return np.maximum(np.maximum(four[0], four[1]), np.maximum(four[2], four[3]))
    if pixels.dtype.kind == "f":
        return ((four[0] + four[1]) + four[2] + four[3]) / pixels.dtype.type(4)
    wide = [quarter.astype(np.int64) for quarter in four]
    return ((sum(wide) + 2) >> 2).astype(pixels.dtype)


def check_window(window, pixels, where):
    """The darkest and the brightest pixel; and what 1 % and 99.9 % of those that are not zero do not exceed. Pixels of
    four bytes are counted by their leading bits."""
    light = np.sort(pixels[(pixels != 0) & np.isfinite(pixels)])
    if not len(light):
        equal(window, {"min": 0, "max": 1, "start": 0, "end": 1}, where, "window of a channel without light")
        return
    expected = {"min": pixels.min(), "max": pixels.max(), "start": light[-(-len(light) * 10 // 1000) - 1],
                "end": light[-(-len(light) * 999 // 1000) - 1]}
    if expected["start"] == expected["end"]:
        expected["start"], expected["end"] = min(0, expected["start"]), max(0, expected["end"])
        expected["min"] = min(expected["min"], expected["start"])
    # Seven bits behind the first of a float, eleven of an integer without sign, ten of one with it.
    wide = pixels.dtype.itemsize > 2
    bits = {"f": 7, "u": 11, "i": 10}[pixels.dtype.kind]
    for name, value in expected.items():
        exact = not wide or pixels.dtype.kind in "iu" and abs(int(value)) < 2 << bits
        slack = 0 if exact else abs(float(value)) / (1 << bits)
        expect(abs(window[name] - float(value)) <= slack, where, f"window {name}: expected {value}, found {window[name]}")


def check_levels(levels, datasets, sources, asked, how):
    height, width = sources[0].pixels.shape
    useful = 1 + (max(height, width) - 1).bit_length()
    if asked.levels:
        equal(len(levels), min(asked.levels, useful), "levels", "count")
    for level, array in enumerate(levels):
        where = f"level {level}"
        equal(datasets[level]["path"], str(level), where, "path")
        equal(array.shape, (len(sources), -(-height >> level), -(-width >> level)), where, "shape")
        equal(array.dtype, sources[0].pixels.dtype, where, "type")
        equal(array.meta["fill_value"], 0, where, "fill value")
        equal((array.chunks[0], array.chunks[1]), (1, array.chunks[2]), where, "chunk")
        if asked.chunk_size:
            equal(array.chunks[2], asked.chunk_size, where, "chunk")
        if asked.codec:
            equal(array.codec(), CODECS[asked.codec], where, "codec")
        if asked.ngff == "0.5":
            equal(array.meta["dimension_names"], ["c", "y", "x"], where, "dimension names")
            # Further up a shard of a single chunk is a plain chunk.
            if level == 0 or asked.shards == "none":
                equal(array.sharding is not None, asked.shards != "none", where, "shards")
    for channel, source in enumerate(sources):
        pixels = source.pixels
        for level, array in enumerate(levels):
            found = np.asarray(array[channel])
            if found.shape != pixels.shape or not np.array_equal(found, pixels, equal_nan=pixels.dtype.kind == "f"):
                wrong = "" if found.shape != pixels.shape else f" in {np.count_nonzero(found != pixels):,} pixels"
                findings.append(f"channel {channel}, level {level}: other than expected{wrong}")
            pixels = halved(pixels, how)


def check_scales(image, pixel_size, how):
    axes = [("c", "channel", None), ("y", "space", "micrometer"), ("x", "space", "micrometer")]
    equal([(axis["name"], axis["type"], axis.get("unit")) for axis in image["axes"]], axes, "image", "axes")
    width, height = pixel_size
    for level, dataset in enumerate(image["datasets"]):
        factor, where = 2**level, f"level {level}"
        transformations = dataset["coordinateTransformations"]
        centred = level > 0 and how != "nearest"
        kinds = ["scale", "translation"] if centred else ["scale"]
        if equal([each["type"] for each in transformations], kinds, where, "transformations"):
            close(transformations[0]["scale"], [1, height * factor, width * factor], where, "scale")
            if centred:
                shift = (factor - 1) / 2
                close(transformations[1]["translation"], [0, height * shift, width * shift], where, "translation")


def check_omero(omero, channels, sources):
    if not equal([channel["label"] for channel in omero["channels"]], [label for label, _ in channels],
                 "omero", "labels"):
        return
    for number, (label, _) in enumerate(channels):
        where, shown = f"omero, {label}", omero["channels"][number]
        colour = COLOURS.get(label.split("_")[0], OTHER_COLOURS[number % len(OTHER_COLOURS)])
        equal(shown["color"], colour, where, "colour")
        check_window(shown["window"], sources[number].pixels, where)
    expect(any(channel["active"] for channel in omero["channels"]), "omero", "no channel is active")


def check_ome_xml(xml, omero, channels, sources, pixel_size, asked):
    pixels = xml.find(f"{OME}Image/{OME}Pixels")
    height, width = sources[0].pixels.shape
    kind = sources[0].pixels.dtype.name
    expected = {"SizeX": str(width), "SizeY": str(height), "SizeC": str(len(channels)), "SizeZ": "1", "SizeT": "1",
                "Type": TYPES.get(kind, kind), "PhysicalSizeXUnit": "µm", "PhysicalSizeYUnit": "µm"}
    for name, value in expected.items():
        equal(pixels.get(name), value, "OME-XML", name)
    close([float(pixels.get("PhysicalSizeX")), float(pixels.get("PhysicalSizeY"))], pixel_size, "OME-XML", "pixel size")
    equal(len(pixels.findall(f"{OME}MetadataOnly")), 1, "OME-XML", "MetadataOnly")
    equal(len(pixels.findall(f"{OME}TiffData")), 0, "OME-XML", "TiffData")
    described = pixels.findall(f"{OME}Channel")
    if not equal([channel.get("Name") for channel in described], [label for label, _ in channels], "OME-XML", "names"):
        return
    for number, channel in enumerate(described):
        where = f"OME-XML, {channels[number][0]}"
        colour = "%06X" % (int(channel.get("Color")) >> 8 & 0xFFFFFF)
        equal(colour, omero["channels"][number]["color"], where, "colour")
        equal(int(channel.get("Color")) & 0xFF, 255, where, "opacity")
        if sources[number].xml is not None:
            own, merged = settings(sources[number].xml, 0), settings(xml, number)
            for name in sorted(own.keys() | merged.keys()):
                equal(merged.get(name), own.get(name), where, name)
    objectives = {part.get("ID"): part for part in xml.findall(f"{OME}Instrument/{OME}Objective")}
    used = xml.find(f"{OME}Image/{OME}ObjectiveSettings")
    if asked.magnification == 0:
        expect(used is None, "OME-XML", "an objective although --magnification is 0")
    elif expect(used is not None, "OME-XML", "no objective"):
        found = float(objectives[used.get("ID")].get("NominalMagnification"))
        equal(found, asked.magnification, "OME-XML", "magnification")


def check_image(folder, channels, scans, asked):
    sources = [Source(scans / file) for _, file in channels]
    version, said, levels = open_image(folder)
    equal(version, asked.ngff, "image", "version")
    equal(len(said["multiscales"]), 1, "image", "multiscales")
    image = said["multiscales"][0]
    how = image["type"]
    if asked.downsample:
        equal(how, asked.downsample, "image", "downsampling")
    pixel_size = next((source.pixel_size for source in sources if source.pixel_size), None) or asked.pixel_size
    check_scales(image, pixel_size, how)
    check_omero(said["omero"], channels, sources)
    check_levels(levels, image["datasets"], sources, asked, how)
    xml = ElementTree.parse(folder / "OME" / "METADATA.ome.xml").getroot()
    check_ome_xml(xml, said["omero"], channels, sources, pixel_size, asked)


def check_manifest(output, regions, folder_of):
    manifest = json.loads(Path(f"{output}.cellferry.json").read_text())["details"]["images"]
    equal(sorted(manifest), sorted(folder_of[region].name for region in regions), "manifest", "images")
    for region, channels in regions.items():
        files = list(manifest.get(folder_of[region].name, {}).values())
        equal(files, [file for _, file in channels], f"manifest, {region}", "files")


def micrometres(text):
    across, _, down = text.partition("x")
    return float(across), float(down or across)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scans", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--labels")
    parser.add_argument("--regions", type=lambda text: text.upper().split(","))
    parser.add_argument("--prefix")
    parser.add_argument("--levels", type=int)
    parser.add_argument("--chunk-size", type=lambda text: 0 if text == "auto" else int(text))
    parser.add_argument("--codec", choices=CODECS)
    parser.add_argument("--level")
    parser.add_argument("--magnification", type=float, default=20.0)
    parser.add_argument("--downsample", choices=["mean", "nearest", "max"])
    parser.add_argument("--ngff", choices=["0.4", "0.5"], default="0.4")
    parser.add_argument("--shards", choices=["auto", "none"], default="auto")
    parser.add_argument("--pixel-size", type=micrometres)
    return parser.parse_args()


def main():
    asked = arguments()
    regions = channels_by_name(asked.scans)
    if asked.labels:
        listed = channels_listed(asked.labels)
        equal(regions, listed, "this check", "channels by their names")
        regions = listed
    if asked.regions:
        regions = {region: regions[region] for region in asked.regions}
    prefix = f"{asked.prefix}_" if asked.prefix else ""
    folder_of = {region: asked.output / f"{prefix}{region}.zarr" for region in regions}
    equal(sorted(path.name for path in asked.output.iterdir()), sorted(path.name for path in folder_of.values()),
          "output", "images")
    check_manifest(asked.output, regions, folder_of)
    for region, channels in sorted(regions.items()):
        before = len(findings)
        check_image(folder_of[region], channels, asked.scans, asked)
        findings[before:] = [f"{region}, {finding}" for finding in findings[before:]]
    for finding in findings:
        print(finding)
    if findings:
        sys.exit(1)
    print("equal")


if __name__ == "__main__":
    main()
