"""Lays out runs by hand, from what RunFile describes and without its code; tiny_run.py and coded_run.py say what of."""
import struct

VERSION = 2
# Marks of a slice in its group: two bits, sixteen apart.
COUNTS, WIDE, CODED = 0, 1, 1 << 16


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


assert crc32c(b"123456789") == 0xE3069283


def run(value_type, first_cell, end_cell, genes, slices, dictionaries=b"", entries=0):
    """A run of slices: gene -> (stored values, mark, packed bytes). Dictionaries have that many entries."""
    payload = b""
    table = b""
    for group in range((genes + 15) // 16):
        offset = len(payload)
        counts, ends, marks = [], [], 0
        for i in range(16):
            stored, mark, packed = slices.get(group * 16 + i, (0, COUNTS, b""))
            payload += packed
            counts.append(stored)
            ends.append(len(payload) - offset)
            marks |= mark << i
        record = struct.pack("<IIQII", first_cell, group, offset, crc32c(payload[offset:]), marks)
        record += struct.pack("<16I", *counts) + struct.pack("<16I", *ends)
        table += record + struct.pack("<I", crc32c(record))
    stored_values = sum(stored for stored, _, _ in slices.values())
    footer = b"cell-run" + struct.pack("<IIII", VERSION, value_type, first_cell, end_cell)
    footer += struct.pack("<QQI", stored_values, len(payload), genes)
    footer += struct.pack("<II", entries, crc32c(dictionaries) if entries else 0)
    footer += struct.pack("<I", crc32c(footer))
    return payload + table + dictionaries + footer
