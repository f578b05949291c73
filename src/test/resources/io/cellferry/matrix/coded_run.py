"""Writes coded.run by hand, from the layout that RunFile, PackedSlice and RowDictionaries describe and without their code.

Cells 7 and 8, 35 genes, float64. Cell 7 holds 0.5 in genes 0-16, -0.0 in genes 17-32 and a NaN in gene 33. Cell 8 holds
0.25 in genes 0-15, 1.0 in gene 16 and 0.75 in gene 33. Gene 34 is empty. python3 coded_run.py > coded.run
"""
import struct
import sys

from tiny_run import crc32c

FIRST_CELL, END_CELL, GENES, FLOAT64 = 7, 9, 35, 4
WIDE, CODED = 1, 1 << 16

# gene -> (stored values, mark, packed bytes)
slices = {}
for gene in range(16):
    # Both cells have the first value of their row: gap 1 each, place 1.
    slices[gene] = (2, CODED, bytes([0, 0]))
# Cell 7 has the first value of its row. Cell 8 has a value too rare for a dictionary: gap 1, place 0, and 1.0 behind.
slices[16] = (2, CODED, bytes([0, 223 + 1, 0]) + struct.pack("<d", 1.0))
for gene in range(17, 33):
    # Cell 7 has the second value of its row, which comes 16 times where the first comes 17 times.
    slices[gene] = (1, CODED, bytes([1]))
# Two rare values: wide.
slices[33] = (2, WIDE, bytes([1, 1]) + struct.pack("<Q", 0x7FF4000000000123) + struct.pack("<d", 0.75))

payload = b""
table = b""
for group in range(3):
    offset = len(payload)
    counts, ends, marks = [], [], 0
    for i in range(16):
        stored, mark, packed = slices.get(group * 16 + i, (0, 0, b""))
        payload += packed
        counts.append(stored)
        ends.append(len(payload) - offset)
        marks |= mark << i
    record = struct.pack("<IIQII", FIRST_CELL, group, offset, crc32c(payload[offset:]), marks)
    record += struct.pack("<16I", *counts) + struct.pack("<16I", *ends)
    table += record + struct.pack("<I", crc32c(record))

dictionaries = bytes([2, 1]) + struct.pack("<3d", 0.5, -0.0, 0.25)
stored_values = sum(stored for stored, _, _ in slices.values())
footer = b"cell-run" + struct.pack("<IIIIQQI", 2, FLOAT64, FIRST_CELL, END_CELL, stored_values, len(payload), GENES)
footer += struct.pack("<II", 3, crc32c(dictionaries))
footer += struct.pack("<I", crc32c(footer))
sys.stdout.buffer.write(payload + table + dictionaries + footer)
