"""Reads images of OME-Zarr with software that is not ours: version 2 with zarr, version 3 by the words of its
specification, shards included. Imported by check_pyramid.py. Needs numcodecs, numpy and zarr 2.
"""

import itertools
import json
from pathlib import Path

import numcodecs
import numpy as np
import zarr

ABSENT = 2**64 - 1
CRC32C = []
for byte in range(256):
    for _ in range(8):
        byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
    CRC32C.append(byte)


def crc32c(data):
    """Castagnoli's checksum. `crc32c(b"123456789")` is 0xE3069283."""
    remainder = 0xFFFFFFFF
    for byte in data:
        remainder = CRC32C[(remainder ^ byte) & 0xFF] ^ remainder >> 8
    return remainder ^ 0xFFFFFFFF


assert crc32c(b"123456789") == 0xE3069283


class VersionThree:
    """One array of Zarr 3 in files: chunks, or shards of chunks, in a regular grid. `array[channel]` is one plane."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.meta = json.loads((self.folder / "zarr.json").read_text())
        assert self.meta["zarr_format"] == 3 and self.meta["node_type"] == "array", folder
        assert self.meta["chunk_grid"]["name"] == "regular", folder
        assert self.meta["chunk_key_encoding"] == {"name": "default", "configuration": {"separator": "/"}}, folder
        assert not self.meta.get("storage_transformers"), folder
        self.shape = tuple(self.meta["shape"])
        self.dtype = np.dtype(self.meta["data_type"])
        self.file_shape = tuple(self.meta["chunk_grid"]["configuration"]["chunk_shape"])
        self.codecs = self.meta["codecs"]
        self.sharding = None
        if self.codecs[0]["name"] == "sharding_indexed":
            assert len(self.codecs) == 1, folder
            self.sharding = self.codecs[0]["configuration"]
            assert [codec["name"] for codec in self.sharding["index_codecs"]] == ["bytes", "crc32c"], folder
            assert self.sharding["index_codecs"][0]["configuration"]["endian"] == "little", folder
            self.codecs = self.sharding["codecs"]
        self.chunks = tuple(self.sharding["chunk_shape"]) if self.sharding else self.file_shape
        assert all(whole % part == 0 for whole, part in zip(self.file_shape, self.chunks)), folder
        self.compressor = [codec for codec in self.codecs if codec["name"] != "bytes"]

    def __getitem__(self, channel):
        plane = np.full(self.shape[1:], self.meta["fill_value"], self.dtype)
        grid = [-(-extent // step) for extent, step in zip(self.shape[1:], self.file_shape[1:])]
        assert self.file_shape[0] == 1, self.folder
        for row, column in itertools.product(*map(range, grid)):
            path = self.folder / "c" / str(channel) / str(row) / str(column)
            if path.exists():
                self.place(plane, row * self.file_shape[1], column * self.file_shape[2], self.file(path))
        return plane

    @staticmethod
    def place(plane, top, left, pixels):
        into = plane[top:top + pixels.shape[0], left:left + pixels.shape[1]]
        into[...] = pixels[:into.shape[0], :into.shape[1]]

    def file(self, path):
        data = path.read_bytes()
        if not self.sharding:
            return self.chunk(data)
        counts = [whole // part for whole, part in zip(self.file_shape, self.chunks)]
        size = 16 * int(np.prod(counts)) + 4
        at_end = self.sharding.get("index_location", "end") == "end"
        stored = data[-size:] if at_end else data[:size]
        assert len(stored) == size and crc32c(stored[:-4]) == int.from_bytes(stored[-4:], "little"), path
        index = np.frombuffer(stored[:-4], "<u8").reshape(*counts, 2)
        pixels = np.full(self.file_shape[1:], self.meta["fill_value"], self.dtype)
        for row, column in itertools.product(range(counts[1]), range(counts[2])):
            offset, length = map(int, index[0, row, column])
            if (offset, length) != (ABSENT, ABSENT):
                assert offset + length <= len(data) - (size if at_end else 0), path
                self.place(pixels, row * self.chunks[1], column * self.chunks[2],
                           self.chunk(data[offset:offset + length]))
        return pixels

    def chunk(self, data):
        order = self.dtype.newbyteorder("<")
        for codec in reversed(self.codecs):
            if codec["name"] == "bytes":
                endian = codec.get("configuration", {}).get("endian", "little")
                order = self.dtype.newbyteorder({"little": "<", "big": ">"}[endian])
            elif codec["name"] == "crc32c":
                assert crc32c(data[:-4]) == int.from_bytes(data[-4:], "little"), self.folder
                data = data[:-4]
            else:
                codecs = {"blosc": numcodecs.Blosc, "zstd": numcodecs.Zstd, "gzip": numcodecs.GZip}
                data = codecs[codec["name"]]().decode(data)
        return np.frombuffer(data, order).reshape(self.chunks)[0]

    def codec(self):
        """blosc-lz4, zstd and the like; none without one."""
        if not self.compressor:
            return "none"
        inner = self.compressor[0].get("configuration", {}).get("cname")
        return "-".join(filter(None, (self.compressor[0]["name"], inner)))


class VersionTwo:
    """The same for Zarr 2, read by zarr."""

    sharding = None

    def __init__(self, folder):
        self.array = zarr.open_array(str(folder), "r")
        self.meta = json.loads(Path(folder, ".zarray").read_text())
        assert self.meta["dimension_separator"] == "/" and not self.meta["filters"], folder
        self.shape, self.dtype, self.chunks = self.array.shape, self.array.dtype, self.array.chunks

    def __getitem__(self, channel):
        return self.array[channel]

    def codec(self):
        compressor = self.meta["compressor"]
        return "-".join(filter(None, (compressor["id"], compressor.get("cname")))) if compressor else "none"


def open_image(root):
    """Version of OME-Zarr, what the root says of the image, and its levels, the largest first."""
    root = Path(root)
    if (root / "zarr.json").exists():
        group = json.loads((root / "zarr.json").read_text())
        assert group["zarr_format"] == 3 and group["node_type"] == "group", root
        said, opened = group["attributes"]["ome"], VersionThree
        version = said["version"]
    else:
        assert json.loads((root / ".zgroup").read_text()) == {"zarr_format": 2}, root
        said, opened = json.loads((root / ".zattrs").read_text()), VersionTwo
        version = said["multiscales"][0]["version"]
    return version, said, [opened(root / dataset["path"]) for dataset in said["multiscales"][0]["datasets"]]
