"""Writes coded.run by hand, from the layout that PackedSlice and RowDictionaries describe and without their code.

Cells 7 and 8, 35 genes, float64. Cell 7 holds 0.5 in genes 0-16, -0.0 in genes 17-32 and a NaN in gene 33. Cell 8 holds
0.25 in genes 0-15, 1.0 in gene 16 and 0.75 in gene 33. Gene 34 is empty. python3 coded_run.py > coded.run
"""
import struct
import sys

from run_file import CODED, WIDE, run

FIRST_CELL, END_CELL, GENES, FLOAT64 = 7, 9, 35, 4

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

dictionaries = bytes([2, 1]) + struct.pack("<3d", 0.5, -0.0, 0.25)
sys.stdout.buffer.write(run(FLOAT64, FIRST_CELL, END_CELL, GENES, slices, dictionaries, entries=3))
