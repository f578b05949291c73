"""Writes tiny.run by hand, from the layout that RunFile and PackedSlice describe and without their code.

Cells 100 to 65,635 (a block of 65,536), 18 genes, float32. python3 tiny_run.py > tiny.run
"""
import struct
import sys


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


assert crc32c(b"123456789") == 0xE3069283


def main():
    FIRST_CELL, END_CELL, GENES, FLOAT32 = 100, 65636, 18, 1

    # gene -> (stored values, wide, packed bytes). No row has the sixteen values that a dictionary takes at least.
    slices = {
        # Counts. Cell 100: gap 1, count 1. Cell 132: gap 32, count 7. Cell 148: gap 16, count 300 = 0x2c + 2 x 128.
        # Cell 165: gap 17, count 15. Cell 65,635: gap 65,470 = 0x3e + 127 x 128 + 3 x 16,384, count 0.
        1: (5, False, bytes([0, 31 * 7 + 6, 223 + 16, 0xAC, 0x02, 239 + 15, 17, 255, 0xBE, 0xFF, 0x03, 0])),
        # Cell 101: gap 2, count 3. Ends the first group.
        15: (1, False, bytes([1 * 7 + 2])),
        # Not counts: cell 100 0.5, cell 300 (gap 200 = 0x48 + 1 x 128) -0.0, cell 301 2.0 and cell 302 a NaN with payload.
        17: (4, True, bytes([1, 0xC8, 0x01, 1, 1]) + struct.pack("<4I", 0x3F000000, 0x80000000, 0x40000000, 0xFFC12345)),
    }

    payload = b""
    table = b""
    for group in range(2):
        offset = len(payload)
        counts, ends, wide_marks = [], [], 0
        for i in range(16):
            stored, wide, packed = slices.get(group * 16 + i, (0, False, b""))
            payload += packed
            counts.append(stored)
            ends.append(len(payload) - offset)
            wide_marks |= wide << i
        record = struct.pack("<IIQII", FIRST_CELL, group, offset, crc32c(payload[offset:]), wide_marks)
        record += struct.pack("<16I", *counts) + struct.pack("<16I", *ends)
        table += record + struct.pack("<I", crc32c(record))

    stored_values = sum(stored for stored, _, _ in slices.values())
    footer = b"cell-run" + struct.pack("<IIIIQQIII", 2, FLOAT32, FIRST_CELL, END_CELL, stored_values, len(payload), GENES, 0, 0)
    footer += struct.pack("<I", crc32c(footer))
    sys.stdout.buffer.write(payload + table + footer)


if __name__ == "__main__":
    main()
