package io.cellferry.dataset.tiledb.filter;

/// Integers of 1, 2, 4 or 8 bytes, lowest byte first.
final class Integers {

    private Integers() {}

    static long get(byte[] bytes, int at, int width, boolean unsigned) {
        return switch (width) {
            case 1 -> unsigned ? bytes[at] & 255 : bytes[at];
            case 2 -> {
                short value = (short) (bytes[at] & 255 | bytes[at + 1] << 8);
                yield unsigned ? value & 0xffff : value;
            }
            case 4 -> {
                int value = ByteReader.int32(bytes, at);
                yield unsigned ? Integer.toUnsignedLong(value) : value;
            }
            default -> ByteReader.int64(bytes, at);
        };
    }

    static void put(byte[] bytes, int at, int width, long value) {
        if (width == Long.BYTES) {
            ByteReader.put64(bytes, at, value);
            return;
        }
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }
}
