package io.cellferry.codec;

/// Elements seen as planes of bytes: plane 0 holds the lowest byte of every element.
sealed interface BytePlanes {

    byte at(int element, int plane);

    /// All bits in which any of `count` elements from `first` on differs from the first of them.
    long differing(int first, int count);

    /// Copies `plane` of `count` elements from `first` on to `into` from `at` on.
    void plane(int first, int count, int plane, byte[] into, int at);

    record OfInts(int[] values, int from) implements BytePlanes {

        @Override
        public byte at(int element, int plane) {
            return (byte) (values[from + element] >>> 8 * plane);
        }

        @Override
        public long differing(int first, int count) {
            int start = from + first;
            int one = values[start];
            int different = 0;
            for (int i = start; i < start + count; i++) {
                different |= values[i] ^ one;
            }
            return different & 0xffff_ffffL;
        }

        @Override
        public void plane(int first, int count, int plane, byte[] into, int at) {
            int start = from + first;
            int shift = 8 * plane;
            for (int i = 0; i < count; i++) {
                into[at + i] = (byte) (values[start + i] >>> shift);
            }
        }
    }

    record OfLongs(long[] values, int from) implements BytePlanes {

        @Override
        public byte at(int element, int plane) {
            return (byte) (values[from + element] >>> 8 * plane);
        }

        @Override
        public long differing(int first, int count) {
            int start = from + first;
            long one = values[start];
            long different = 0;
            for (int i = start; i < start + count; i++) {
                different |= values[i] ^ one;
            }
            return different;
        }

        @Override
        public void plane(int first, int count, int plane, byte[] into, int at) {
            int start = from + first;
            int shift = 8 * plane;
            for (int i = 0; i < count; i++) {
                into[at + i] = (byte) (values[start + i] >>> shift);
            }
        }
    }

    /// Elements of `width` bytes in little-endian order.
    record OfBytes(byte[] bytes, int from, int width) implements BytePlanes {

        @Override
        public byte at(int element, int plane) {
            return bytes[from + element * width + plane];
        }

        @Override
        public long differing(int first, int count) {
            long different = 0;
            for (int plane = 0; plane < width; plane++) {
                byte one = at(first, plane);
                int ofPlane = 0;
                int place = from + first * width + plane;
                for (int i = 0; i < count; i++) {
                    ofPlane |= bytes[place] ^ one;
                    place += width;
                }
                different |= (ofPlane & 255L) << 8 * plane;
            }
            return different;
        }

        @Override
        public void plane(int first, int count, int plane, byte[] into, int at) {
            int place = from + first * width + plane;
            for (int i = 0; i < count; i++) {
                into[at + i] = bytes[place];
                place += width;
            }
        }
    }
}
