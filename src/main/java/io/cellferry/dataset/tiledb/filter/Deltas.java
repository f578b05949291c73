package io.cellferry.dataset.tiledb.filter;

import io.cellferry.codec.Malformed;
import io.cellferry.codec.Sizes;

/// Integers stored as differences to the one before, or as differences of these differences.
final class Deltas {

    private Deltas() {}

    /// Number of values (8 bytes), the first, then differences of the same width.
    static int delta(Datatype type, ByteReader in, byte[] out, int to, int size) {
        int width = width(type);
        int count = in.count64(width);
        Sizes.check((long) count * width, size, "decoded");
        long value = 0;
        for (int i = 0; i < count; i++) {
            value += Integers.get(in.array(), in.step(width), width, type.isUnsigned());
            Integers.put(out, to + i * width, width, value);
        }
        return count * width;
    }

    /// Bits of the largest second difference (1 byte), number of values (8), the first two; then for each further
    /// value a sign bit and that many bits, packed from the highest bit of words of 8 bytes. When the bits would
    /// save nothing the values follow as they are.
    static int doubleDelta(Datatype type, ByteReader in, byte[] out, int to, int size) {
        int width = width(type);
        int bits = in.unsignedByte();
        long count = in.int64();
        if (count < 0 || count > size / width) {
            throw new Malformed("%,d differences where %,d bytes are expected".formatted(count, size));
        }
        if (bits >= width * Byte.SIZE - 1) {
            int plain = in.remaining();
            Sizes.check(plain, size, "decoded");
            System.arraycopy(in.array(), in.step(plain), out, to, plain);
            return plain;
        }
        long previous = 0;
        long value = 0;
        Bits packed = new Bits(in);
        for (int i = 0; i < count; i++) {
            long next;
            if (i < 2) {
                next = Integers.get(in.array(), in.step(width), width, type.isUnsigned());
            } else {
                boolean negative = packed.take(1) != 0;
                long difference = packed.take(bits);
                next = 2 * value - previous + (negative ? -difference : difference);
            }
            Integers.put(out, to + i * width, width, next);
            previous = value;
            // As the writer saw it: cut to its width.
            value = Integers.get(out, to + i * width, width, type.isUnsigned());
        }
        return (int) count * width;
    }

    private static int width(Datatype type) {
        if (type == Datatype.FLOAT32 || type == Datatype.FLOAT64) {
            throw new Malformed("differences of floating-point numbers");
        }
        return type.isText() ? 1 : type == Datatype.CHAR ? 1 : textUnits(type);
    }

    /// Differences of wide characters are differences of bytes.
    private static int textUnits(Datatype type) {
        return switch (type) {
            case STRING_UTF16, STRING_UTF32, STRING_UCS2, STRING_UCS4 -> 1;
            default -> type.bytes();
        };
    }

    /// Takes bits from words of 8 bytes, highest first.
    private static final class Bits {
        private final ByteReader in;
        private long word;
        private int left;

        Bits(ByteReader in) {
            this.in = in;
        }

        long take(int count) {
            long taken = 0;
            int missing = count;
            while (missing > 0) {
                if (left == 0) {
                    word = in.int64();
                    left = Long.SIZE;
                }
                int now = Math.min(missing, left);
                taken = taken << now | word << (Long.SIZE - left) >>> (Long.SIZE - now);
                left -= now;
                missing -= now;
            }
            return taken;
        }
    }
}
