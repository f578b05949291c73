"""Writes tiny.run by hand, from the layout that PackedSlice describes and without its code.

Cells 100 to 65,635 (a block of 65,536), 18 genes, float32. python3 tiny_run.py > tiny.run
"""
import struct
import sys

from run_file import COUNTS, WIDE, run

FIRST_CELL, END_CELL, GENES, FLOAT32 = 100, 65636, 18, 1

# gene -> (stored values, mark, packed bytes). No row has the sixteen values that a dictionary takes at least.
slices = {
    # Counts. Cell 100: gap 1, count 1. Cell 132: gap 32, count 7. Cell 148: gap 16, count 300 = 0x2c + 2 x 128.
    # Cell 165: gap 17, count 15. Cell 65,635: gap 65,470 = 0x3e + 127 x 128 + 3 x 16,384, count 0.
    1: (5, COUNTS, bytes([0, 31 * 7 + 6, 223 + 16, 0xAC, 0x02, 239 + 15, 17, 255, 0xBE, 0xFF, 0x03, 0])),
    # Cell 101: gap 2, count 3. Ends the first group.
    15: (1, COUNTS, bytes([1 * 7 + 2])),
    # Not counts: cell 100 0.5, cell 300 (gap 200 = 0x48 + 1 x 128) -0.0, cell 301 2.0 and cell 302 a NaN with payload.
    17: (4, WIDE, bytes([1, 0xC8, 0x01, 1, 1]) + struct.pack("<4I", 0x3F000000, 0x80000000, 0x40000000, 0xFFC12345)),
}

sys.stdout.buffer.write(run(FLOAT32, FIRST_CELL, END_CELL, GENES, slices))
