#!/usr/bin/env python3
"""Makes folders of scans, each of a kind that has broken a converter somewhere.

    make_scans.py DIR [KIND...]      all kinds if none is named
    make_scans.py --list             what kinds there are

DIR/KIND/ holds the scans. DIR/KIND.options says what a conversion needs, one flag of `cellferry pyramid` a line.
DIR/KIND.labels says what has to come out, written by hand below: region, name of the channel and its file, separated
by tabs, in the order of the channels. Needs numpy and tifffile. Codecs that only imagecodecs writes (LZW, zstd, JPEG)
are among the fixtures of make_tiff_fixtures.py.
"""

import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from scan_files import Layout, Scan, picture, write

FIRST_ROUND, SECOND_ROUND = "KK_10082025_S2_1.0.4_{}", "KK_10092025_S2_2.0.4_{}"


def usual(region="R000", ending=".ome.tif"):
    """Three channels of two rounds, with names as the original pipeline expects them."""
    return [(FIRST_ROUND.format(region) + "_DAPI_FINAL_F" + ending, "DAPI"),
            (FIRST_ROUND.format(region) + "_Cy3_iba1_FINAL_AFR_F" + ending, "Cy3_iba1"),
            (SECOND_ROUND.format(region) + "_Cy5_NeuN_FINAL_AFR_F" + ending, "Cy5_NeuN")]


@dataclass
class Kind:
    """`regions` maps ids to (file, name of its channel) in the order of channels; `sizes` to width and height.

    `layouts` are taken in turn, one a file; `described` are arguments of Scan; `change` is applied to all pixels of
    a channel; `others` are files beside the scans that are none."""

    why: str
    regions: dict = field(default_factory=lambda: {"R000": usual()})
    size: tuple = (200, 150)
    sizes: dict = field(default_factory=dict)
    dtype: str = "uint16"
    layouts: tuple = (Layout(tile=64),)
    described: dict = field(default_factory=dict)
    options: tuple = ()
    change: object = None
    others: dict = field(default_factory=dict)

    def make(self, folder):
        folder.mkdir(parents=True)
        number = 0
        for place, (region, files) in enumerate(self.regions.items()):
            width, height = self.sizes.get(region, self.size)
            for channel, (name, label) in enumerate(files):
                pixels = picture(height, width, place, channel, self.dtype)
                if self.change:
                    pixels = self.change(pixels, channel)
                dye = label.split("_")[0]
                scan = Scan(name, dye, number, pixels, **self.described)
                write(folder, scan, self.layouts[number % len(self.layouts)])
                number += 1
        for name, content in self.others.items():
            folder.joinpath(name).write_bytes(content)
        Path(f"{folder}.options").write_text("".join(option + "\n" for option in self.options))
        Path(f"{folder}.labels").write_text("".join(
            f"{region}\t{label}\t{name}\n" for region, files in self.regions.items() for name, label in files))


def one_region(*files):
    return {"R000": list(files)}


def without_light(pixels, channel):
    return np.zeros_like(pixels) if channel == 1 else pixels


def saturated(pixels, channel):
    return np.where(pixels > 2000, 65535, pixels).astype(pixels.dtype) if channel else np.full_like(pixels, 65535)


def islands(pixels, channel):
    """Light only here and there, so that whole tiles, and chunks of smaller levels, are zero."""
    kept = np.zeros_like(pixels)
    kept[10:90, 30 * channel:30 * channel + 100] = pixels[10:90, 30 * channel:30 * channel + 100]
    kept[-20:, -40:] = pixels[-20:, -40:]
    return kept


TILES = Layout(tile=64)
STRIPS = Layout(tile=0, rows=16)
BIG_ENDIAN = replace(TILES, order=">")

KINDS = {
    # Names.
    "names-year-end": Kind(
        "rounds on both sides of New Year: by name the later one comes first",
        one_region(("LUNG_12312025_S1_1.0.4_R000_DAPI_FINAL_F.ome.tif", "DAPI"),
                   ("LUNG_12312025_S1_1.0.4_R000_Cy3_CD3_FINAL_AFR_F.ome.tif", "Cy3_CD3"),
                   ("LUNG_01052026_S1_2.0.4_R000_Cy3_CD4_FINAL_AFR_F.ome.tif", "Cy3_CD4"),
                   ("LUNG_01052026_S1_2.0.4_R000_Cy5_CD8_FINAL_AFR_F.ome.tif", "Cy5_CD8"))),
    "names-lower-case": Kind(
        "lower-case dapi sorts behind Cy5; the region and FINAL in lower case as well",
        one_region(("kk_10082025_s2_1.0.4_r000_dapi_final_f.ome.tif", "DAPI"),
                   ("kk_10082025_s2_1.0.4_r000_cy3_iba1_final_afr_f.OME.TIF", "Cy3_iba1"),
                   ("KK_10082025_S2_1.0.4_R000_CY5_NeuN_Final_AFR_F.ome.tif", "Cy5_NeuN"))),
    "names-rounds-to-15": Kind(
        "round 10 after round 9; the DAPI of each round is told apart by it",
        one_region(*[file for rounds in (1, 2, 9, 10, 15) for file in (
            (f"KK_10082025_S2_{rounds}.0.4_R000_DAPI_FINAL_F.ome.tif", f"DAPI_{rounds}.0.4"),
            (f"KK_10082025_S2_{rounds}.0.4_R000_Cy5_M{rounds}_FINAL_AFR_F.ome.tif", f"Cy5_M{rounds}"))]),
        size=(100, 70)),
    "names-padded-rounds": Kind(
        "rounds with zeros in front",
        one_region(*[(f"KK_S2_{rounds:03d}.0.4_R000_{dye}_FINAL.ome.tif", dye) for rounds, dye in (
            (2, "Cy3_a"), (4, "DAPI"), (10, "Cy3_b"), (11, "Cy3_c"))])),
    "names-no-date": Kind(
        "neither date nor sample; a marker with a hyphen",
        one_region(("BLCA-1_1.0.4_R000_DAPI__FINAL_F.ome.tif", "DAPI"),
                   ("BLCA-1_1.0.4_R000_Cy3_pH2AX-AF555_FINAL_AFR_F.ome.tif", "Cy3_pH2AX-AF555"))),
    "names-no-prefix": Kind(
        "nothing before the round",
        one_region(("1.0.4_R000_DAPI_FINAL.ome.tif", "DAPI"), ("1.0.4_R000_Cy7_CK_FINAL.ome.tif", "Cy7_CK"))),
    "names-empty-marker": Kind(
        "no marker, with one underscore more and without",
        one_region(("KK_S1_1.0.4_R000_DAPI__FINAL_F.ome.tif", "DAPI"), ("KK_S1_1.0.4_R000_FITC_FINAL_F.ome.tif", "FITC"),
                   ("KK_S1_1.0.4_R000_Cy5__FINAL_AFR_F.ome.tif", "Cy5"))),
    "names-clones": Kind(
        "markers with hyphens and clones, and two that look like regions",
        one_region(("KK_S1_1.0.4_R000_DAPI_FINAL_F.ome.tif", "DAPI"),
                   ("KK_S1_1.0.4_R000_Cy3_CD45-H_FINAL_AFR_F.ome.tif", "Cy3_CD45-H"),
                   ("KK_S1_1.0.4_R000_Cy5_PGP9-5-AF555_FINAL_AFR_F.ome.tif", "Cy5_PGP9-5-AF555"),
                   ("KK_S1_2.0.4_R000_Cy3_PR123_FINAL_AFR_F.ome.tif", "Cy3_PR123"),
                   ("KK_S1_2.0.4_R000_Cy5_R123_FINAL_AFR_F.ome.tif", "Cy5_R123"))),
    "names-underscores": Kind(
        "underscores in prefix and marker",
        one_region(("CD_PDX_010_S1_1.0.4_R000_DAPI_FINAL_F.ome.tif", "DAPI"),
                   ("CD_PDX_010_S1_1.0.4_R000_Cy3_HLA_DR_FINAL_AFR_F.ome.tif", "Cy3_HLA_DR"),
                   ("CD_PDX_010_S1_1.0.4_R000_Cy5_Na_K_ATPase_FINAL_AFR_F.ome.tif", "Cy5_Na_K_ATPase"))),
    "names-other-dyes": Kind(
        "dyes without a colour of their own, after those that have one",
        one_region(("KK_S1_1.0.4_R000_DAPI_FINAL.ome.tif", "DAPI"), ("KK_S1_1.0.4_R000_FITC_a_FINAL.ome.tif", "FITC_a"),
                   ("KK_S1_1.0.4_R000_Cy7_b_FINAL.ome.tif", "Cy7_b"), ("KK_S1_1.0.4_R000_AF488_c_FINAL.ome.tif", "AF488_c"),
                   ("KK_S1_1.0.4_R000_AF594_d_FINAL.ome.tif", "AF594_d"))),
    "names-alike": Kind(
        "one marker twice, in other letters, and alone in another dye",
        one_region(("KK_S1_1.0.4_R000_Cy3_CD4_FINAL.ome.tif", "Cy3_CD4_1.0.4"),
                   ("KK_S1_1.0.4_R000_Cy5_CD4_FINAL.ome.tif", "Cy5_CD4"),
                   ("KK_S1_2.0.4_R000_Cy3_cd4_FINAL.ome.tif", "Cy3_cd4_2.0.4"))),
    "names-endings": Kind(
        "the longer ending; and what else lies in such folders",
        {"R000": usual(ending=".ome.tiff")},
        others={"notes.txt": b"slide 3 was dropped\n", "._" + usual()[0][0]: b"\0\5\x16\7",
                "KK_overview.tif": b"II*\0", "KK_10082025_S2_1.0.4_R000_DAPI_raw.ome.tif": b"II*\0"}),
    "regions-several": Kind(
        "three regions of different sizes, one of them without the second round",
        {"R000": usual("R000"), "R001": usual("R001")[:2], "R017": usual("R017")},
        sizes={"R000": (210, 95), "R001": (64, 64), "R017": (129, 200)}),
    # Sizes.
    "size-odd": Kind("odd at every level", size=(333, 217)),
    "size-two-wide": Kind("two pixels wide", size=(2, 301)),
    "size-one-row": Kind("one row", size=(301, 1), layouts=(Layout(tile=0, rows=1),)),
    "size-one-column": Kind("one column, in tiles", size=(1, 300), layouts=(Layout(tile=16),)),
    "size-one-pixel": Kind("one pixel: there is no smaller level", size=(1, 1), layouts=(Layout(tile=16),)),
    "size-wide-tiles": Kind(
        "wider than a superblock of 4096: with chunks of 1024 the last levels need a second pass", size=(4600, 210),
        regions={"R000": usual()[:2]}, layouts=(Layout(tile=256),), options=("--chunk-size=1024", "--levels=6")),
    "size-wide-strips": Kind(
        "the same in strips, which are read as bands", size=(4600, 210), regions={"R000": usual()[:2]},
        layouts=(Layout(tile=0, rows=32),), options=("--chunk-size=1024", "--levels=6")),
    "size-tall-strips": Kind(
        "higher than a superblock, in strips that are no divisor of anything", size=(190, 4300),
        regions={"R000": usual()[:2]}, layouts=(Layout(tile=0, rows=37),), options=("--chunk-size=1024", "--levels=6")),
    "size-wide-small-chunks": Kind(
        "three superblocks wide with small chunks", size=(8300, 70), regions={"R000": usual()[:1]},
        layouts=(Layout(tile=128),), options=("--chunk-size=64", "--levels=9")),
    # What OME-XML says.
    "ome-no-pixel-size": Kind(
        "no pixel size in the file", described={"pixel_size": None}, options=("--pixel-size=0.325x0.65",)),
    "ome-pixel-size-in-tiff": Kind(
        "a pixel size in the TIFF only", described={"pixel_size": None}, layouts=(replace(TILES, resolution=0.5),)),
    "ome-oblong-pixels": Kind("pixels wider than high", described={"pixel_size": (0.5, 0.325)}),
    "ome-bad-schema": Kind("xmlns:schemaLocation, which libxml2 refuses", described={"bad_schema": True}),
    "ome-none": Kind("no OME-XML at all", described={"described": False}, options=("--pixel-size=0.325",)),
    # Pixels.
    "pixels-uint8": Kind("one byte", dtype="uint8"),
    "pixels-float32": Kind("float32, some of it below zero", dtype="float32"),
    "pixels-int16": Kind("signed, some of it below zero", dtype="int16"),
    "pixels-uint32": Kind("four bytes", dtype="uint32"),
    "pixels-all-zero": Kind("a channel without light", change=without_light),
    "pixels-saturated": Kind("65535 in whole tiles: sums of four need 18 bits", change=saturated),
    "pixels-islands": Kind(
        "tiles that are absent in the source", size=(400, 300), change=islands, layouts=(replace(TILES, sparse=True),)),
    # How the pixels lie in the file.
    "tiff-strips": Kind("strips", layouts=(STRIPS,)),
    "tiff-uncompressed": Kind("not compressed, tiles and strips", layouts=(
        replace(TILES, compression="none"), replace(STRIPS, compression="none"))),
    "tiff-packbits": Kind("PackBits, tiles and strips", layouts=(
        replace(TILES, compression="packbits"), replace(STRIPS, compression="packbits"))),
    "tiff-predictor": Kind("differences of neighbours, both byte orders", layouts=(
        replace(TILES, predictor=True), replace(BIG_ENDIAN, predictor=True), replace(STRIPS, predictor=True))),
    "tiff-big-endian": Kind("big-endian, tiles and strips", layouts=(BIG_ENDIAN, replace(STRIPS, order=">"))),
    "tiff-big": Kind("BigTIFF, both byte orders", layouts=(replace(TILES, big=True), replace(BIG_ENDIAN, big=True))),
    "tiff-subifds": Kind("smaller copies in the source, made by another rule", layouts=(replace(TILES, levels=3),)),
    "tiff-tiles-384": Kind("tiles that no chunk is a multiple of", size=(900, 500), layouts=(Layout(tile=384),)),
    "tiff-mixed": Kind("each file of the region otherwise", layouts=(
        TILES, replace(STRIPS, big=True), replace(BIG_ENDIAN, tile=48))),
}


def main():
    if sys.argv[1:] == ["--list"]:
        for name, kind in KINDS.items():
            print(f"{name:24} {kind.why}")
        return
    if len(sys.argv) < 2 or not KINDS.keys() >= set(sys.argv[2:]):
        sys.exit("usage: make_scans.py DIR [KIND...], kinds as `make_scans.py --list` tells them")
    folder = Path(sys.argv[1])
    for name in sys.argv[2:] or KINDS:
        KINDS[name].make(folder / name)


if __name__ == "__main__":
    main()
