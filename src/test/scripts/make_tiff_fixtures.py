"""Writes small TIFF files of every kind that is read, and what numpy says is in them, for OmeTiffCorpusTest.

usage: make_tiff_fixtures.py FOLDER      (tifffile 2026.3.3, imagecodecs 2026.3.6, Pillow, libtiff's tiffcp in the path)

FOLDER/sound/*.tif and FOLDER/refused/*.tif, FOLDER/sound.tsv. A line of sound.tsv, separated by tabs: file, number of
the plane, directory, sample, type, width, height, width and height of a tile or strip, compression, sizes of reduced
copies, SHA-256 of all pixels as little-endian bytes in rows. Pixels are those that were handed to the writer, except
of JPEG, which loses some: there they are what imagecodecs (libjpeg-turbo) decodes.
"""
import hashlib
import os
import subprocess
import sys

import numpy as np
import PIL.Image
import tifffile

LINES = []
RANDOM = np.random.default_rng(20261121)
WORDS = {1: "none", 5: "LZW", 7: "JPEG", 8: "deflate", 32946: "deflate", 32773: "PackBits", 50000: "zstd",
         33003: "JPEG 2000", 33005: "JPEG 2000", 34712: "JPEG 2000"}


def picture(height, width, dtype, noise=3):
    """Spots on a slope with a little noise: compresses, and no two rows are the same."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    values = 20 + 0.3 * x + 0.7 * y + 90 * (np.sin(x / 9.0) * np.cos(y / 7.0) > 0.6)
    values += RANDOM.integers(0, noise + 1, (height, width))
    dtype = np.dtype(dtype)
    if dtype.kind == "f":
        return (values / 7.0 - 30).astype(dtype)
    if dtype.itemsize == 1:
        return (values.astype(np.int64) - (128 if dtype.kind == "i" else 0)).clip(
            np.iinfo(dtype).min, np.iinfo(dtype).max).astype(dtype)
    scale = {2: 150, 4: 7_000_000}[dtype.itemsize]
    offset = 15_000 if dtype.kind == "i" else 0
    return (values * scale - offset * (scale if dtype.itemsize == 4 else 1) / (1 if dtype.itemsize == 2 else 100)
            ).astype(dtype)


def list_planes(path, planes=None):
    """planes: the arrays handed to the writer, one for each plane and sample; decoded by tifffile if left out."""
    with tifffile.TiffFile(path) as tif:
        number = 0
        for directory, page in enumerate(tif.pages):
            if page.subfiletype & 1 and directory > 0:
                continue
            reduced = ["%dx%d" % (s.imagewidth, s.imagelength) for s in (page.pages or [])]
            later = directory + 1
            while later < len(tif.pages) and tif.pages[later].subfiletype & 1:
                reduced.append("%dx%d" % (tif.pages[later].imagewidth, tif.pages[later].imagelength))
                later += 1
            for sample in range(page.samplesperpixel):
                if planes is None:
                    array = page.asarray()
                else:
                    array = planes[number]
                array = np.asarray(array)
                assert array.shape == (page.imagelength, page.imagewidth), (path, array.shape, page)
                block = (page.tilewidth, page.tilelength) if page.is_tiled else (
                    page.imagewidth, min(page.rowsperstrip, page.imagelength))
                little = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"))
                LINES.append("\t".join(map(str, (
                    os.path.basename(path), number, directory, sample, array.dtype.name, page.imagewidth,
                    page.imagelength, block[0], block[1], WORDS[int(page.compression)], ",".join(reduced) or "-",
                    hashlib.sha256(little.tobytes()).hexdigest()))))
                number += 1


def main():
    folder = sys.argv[1]
    sound = os.path.join(folder, "sound")
    refused = os.path.join(folder, "refused")
    os.makedirs(sound, exist_ok=True)
    os.makedirs(refused, exist_ok=True)

    def write(name, array, where=sound, listed=True, lossy=False, **options):
        path = os.path.join(where, name + ".tif")
        head = {key: options.pop(key) for key in ("bigtiff", "byteorder") if key in options}
        with tifffile.TiffWriter(path, **head) as tif:
            tif.write(array, metadata=None, software=False, **options)
        if listed:
            list_planes(path, None if lossy else [array])
        return path

    grey = dict(photometric="minisblack")
    # Strips and tiles without compression, both orders, classic and big.
    write("strips_none_uint8", picture(50, 70, "u1"), rowsperstrip=16, **grey)
    write("strips_none_uint16_be", picture(37, 71, "u2"), rowsperstrip=5, byteorder=">", **grey)
    write("tiles_none_uint16_big", picture(70, 90, "u2"), tile=(32, 48), bigtiff=True, **grey)
    write("tiles_none_float32_be", picture(33, 50, "f4"), tile=(16, 32), byteorder=">", **grey)
    # LZW.
    write("strips_lzw_uint8", picture(120, 200, "u1", 1), rowsperstrip=40, compression="lzw", **grey)
    write("tiles_lzw_uint16", picture(100, 150, "u2", 40), tile=(64, 64), compression="lzw", **grey)
    write("tiles_lzw_uint16_predictor", picture(100, 150, "u2"), tile=(64, 64), compression="lzw", predictor=2, **grey)
    write("tiles_lzw_uint16_predictor_be", picture(50, 77, "u2"), tile=(32, 32), compression="lzw", predictor=2,
          byteorder=">", **grey)
    write("strips_lzw_uint32_predictor", picture(40, 61, "u4"), rowsperstrip=11, compression="lzw", predictor=2, **grey)
    write("one_tile_lzw_flat", np.full((128, 256), 4711, "u2"), tile=(128, 256), compression="lzw", **grey)
    write("one_tile_lzw_steps", (np.arange(256 * 128) // 40 % 251).reshape(128, 256).astype("u1"), tile=(128, 256),
          compression="lzw", **grey)
    # Deflate, both numbers.
    write("tiles_deflate_uint16_predictor_big_be", picture(75, 110, "u2"), tile=(32, 32), compression="zlib",
          predictor=2, bigtiff=True, byteorder=">", **grey)
    write("strips_deflate_old_number_uint8_predictor", picture(45, 73, "u1"), rowsperstrip=10, compression=32946,
          predictor=2, **grey)
    write("strips_deflate_float64", picture(21, 34, "f8"), rowsperstrip=8, compression="zlib", **grey)
    write("tiles_deflate_float64_floating_point", picture(40, 41, "f8"), tile=(16, 16), compression="zlib",
          predictor=3, **grey)
    write("tiles_deflate_float32_floating_point_be", picture(50, 61, "f4"), tile=(32, 32), compression="zlib",
          predictor=3, byteorder=">", **grey)
    # Zstd.
    write("tiles_zstd_uint16", picture(90, 130, "u2"), tile=(64, 64), compression="zstd", **grey)
    write("tiles_zstd_int16_predictor", picture(64, 65, "i2"), tile=(32, 32), compression="zstd", predictor=2, **grey)
    write("strips_zstd_float32_floating_point", picture(30, 47, "f4"), rowsperstrip=9, compression="zstd",
          predictor=3, **grey)
    write("strips_zstd_int32_predictor_be", picture(30, 31, "i4"), rowsperstrip=7, compression="zstd", predictor=2,
          byteorder=">", **grey)
    # PackBits.
    write("strips_packbits_uint8", np.repeat(picture(40, 20, "u1", 0), 5, 1), rowsperstrip=12, compression="packbits",
          **grey)
    write("tiles_packbits_int8", picture(40, 50, "i1"), tile=(16, 16), compression="packbits", **grey)
    # Lossy, and JPEG 2000 without loss.
    write("tiles_jpeg_uint8", picture(70, 90, "u1"), tile=(32, 32), compression="jpeg", lossy=True, **grey)
    write("tiles_jpeg2000_uint8", picture(60, 80, "u1"), tile=(32, 32), compression="jpeg2000",
          compressionargs={"reversible": True}, **grey)
    write("tiles_jpeg2000_uint16", picture(60, 80, "u2"), tile=(64, 64), compression=34712,
          compressionargs={"reversible": True}, **grey)
    # tifffile hands swapped bytes to the encoder here: what counts is what the stream says, as it decodes it again.
    write("tiles_jpeg2000_aperio_be", picture(40, 50, "u2"), tile=(32, 32), compression=33005,
          compressionargs={"reversible": True}, byteorder=">", lossy=True, **grey)
    # Shapes.
    write("one_row", picture(1, 200, "u2"), tile=(64, 64), compression="zlib", predictor=2, **grey)
    write("one_column", picture(150, 1, "u2"), rowsperstrip=20, compression="lzw", predictor=2, **grey)
    write("one_pixel", np.array([[513]], "u2"), rowsperstrip=1, **grey)
    write("row_a_strip", picture(60, 33, "u1"), rowsperstrip=1, compression="zlib", **grey)
    # Tiles that are not stored.
    whole = picture(96, 96, "u2")
    tiles = []
    for y in range(0, 96, 32):
        for x in range(0, 96, 32):
            if (x + y) // 32 % 2:
                whole[y:y + 32, x:x + 32] = 0
                tiles.append(None)
            else:
                tiles.append(whole[y:y + 32, x:x + 32])
    path = os.path.join(sound, "empty_tiles.tif")
    with tifffile.TiffWriter(path) as tif:
        tif.write(iter(tiles), shape=(96, 96), dtype="u2", tile=(32, 32), compression="zlib", metadata=None,
                  software=False, **grey)
    list_planes(path, [whole])
    # Colours: samples together and apart.
    colours = np.stack([picture(40, 55, "u1") for _ in range(3)], -1)
    path = write("rgb_lzw_predictor", colours, listed=False, photometric="rgb", rowsperstrip=13, compression="lzw",
                 predictor=2)
    list_planes(path, [colours[..., s] for s in range(3)])
    colours = np.stack([picture(40, 55, "u2") for _ in range(3)], -1)
    path = write("rgb_tiles_deflate_predictor_be", colours, listed=False, photometric="rgb", tile=(16, 32),
                 compression="zlib", predictor=2, byteorder=">")
    list_planes(path, [colours[..., s] for s in range(3)])
    apart = np.stack([picture(40, 55, "u2") for _ in range(3)])
    path = write("rgb_apart_zstd", apart, listed=False, photometric="rgb", planarconfig="separate", tile=(16, 32),
                 compression="zstd")
    list_planes(path, list(apart))
    # Pyramids: in SubIFDs, and as directories of the chain. Several planes with OME-XML; a pixel size.
    levels = picture(120, 90, "u2")
    path = os.path.join(sound, "pyramid_subifds_big.tif")
    with tifffile.TiffWriter(path, bigtiff=True) as tif:
        options = dict(tile=(32, 32), compression="zlib", predictor=2, metadata=None, software=False, **grey)
        tif.write(levels, subifds=2, resolution=(1e4 / 0.325, 1e4 / 0.65), resolutionunit="CENTIMETER", **options)
        tif.write(levels[::2, ::2], subfiletype=1, **options)
        tif.write(levels[::4, ::4], subfiletype=1, **options)
    list_planes(path, [levels])
    path = os.path.join(sound, "pyramid_chain.tif")
    with tifffile.TiffWriter(path) as tif:
        options = dict(tile=(32, 32), compression="lzw", metadata=None, software=False, **grey)
        tif.write(levels, **options)
        tif.write(levels[::2, ::2], subfiletype=1, **options)
    list_planes(path, [levels])
    planes = np.stack([picture(31, 43, "u2") for _ in range(5)])
    path = os.path.join(sound, "five_planes.ome.tif")
    with tifffile.TiffWriter(path, ome=True) as tif:
        tif.write(planes, compression="zlib", tile=(16, 16), software=False, **grey,
                  metadata={"axes": "CYX", "PhysicalSizeX": 0.325, "PhysicalSizeXUnit": "µm",
                            "UUID": "urn:uuid:00000000-0000-4000-8000-000000000001"})
    list_planes(path, list(planes))
    # By Pillow and by libtiff's own tool, whose JPEG keeps its tables in the directory.
    other = picture(90, 101, "u2")
    PIL.Image.fromarray(other).save(os.path.join(sound, "pillow_lzw_uint16.tif"), compression="tiff_lzw")
    list_planes(os.path.join(sound, "pillow_lzw_uint16.tif"), [other])
    small = picture(81, 102, "u1")
    source = write("source", small, where=folder, listed=False, rowsperstrip=81, **grey)
    wide = picture(81, 102, "u2")
    source_wide = write("source_wide", wide, where=folder, listed=False, rowsperstrip=81, **grey)

    def copied(name, options, of, pixels):
        path = os.path.join(sound, name + ".tif")
        subprocess.run(["tiffcp", *options.split(), of, path], check=True)
        list_planes(path, pixels)

    copied("libtiff_jpeg_tiles", "-c jpeg:90 -t -w 48 -l 32", source, None)
    copied("libtiff_jpeg_strips", "-c jpeg:80 -r 16", source, None)
    copied("libtiff_lzw_strips", "-c lzw -r 7", source_wide, [wide])
    copied("libtiff_lzw_predictor_big_be", "-8 -B -c lzw:2 -t -w 32 -l 16", source_wide, [wide])
    copied("libtiff_zstd_predictor", "-c zstd:2 -t -w 64 -l 64", source_wide, [wide])
    copied("libtiff_deflate_strips", "-c zip:2:p9 -r 30", source, [small])
    copied("libtiff_packbits", "-c packbits -r 9", source_wide, [wide])
    os.remove(source)
    os.remove(source_wide)

    # Sound files of kinds that are not read.
    unread = dict(where=refused, listed=False)
    write("bilevel", picture(16, 16, "u1") > 60, **unread, photometric="minisblack")
    write("palette", picture(16, 16, "u1"), **unread, photometric="palette",
          colormap=np.zeros((3, 256), "u2"))
    write("ycbcr_jpeg", colours.astype("u1"), **unread, photometric="rgb", compression="jpeg")
    write("lzma", picture(16, 16, "u1"), **unread, compression="lzma", **grey)
    write("complex", picture(16, 16, "f4").astype("c8"), **unread, **grey)
    write("half", picture(16, 16, "f4").astype("f2"), **unread, **grey)

    with open(os.path.join(folder, "sound.tsv"), "w") as listing:
        listing.write("\n".join(LINES) + "\n")


if __name__ == "__main__":
    main()
