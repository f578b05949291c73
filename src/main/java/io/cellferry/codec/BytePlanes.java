package io.cellferry.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

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

    /// Pixels: elements of two bytes, eight at a time.
    record OfPairs(byte[] bytes, int from) implements BytePlanes {

        private static final VarHandle FOUR =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        private static final long EVEN_BYTES = 0x00ff_00ff_00ff_00ffL;
        private static final long EVEN_PAIRS = 0x0000_ffff_0000_ffffL;
        private static final long LOW_HALF = 0xffff_ffffL;

        @Override
        public byte at(int element, int plane) {
            return bytes[from + 2 * element + plane];
        }

        @Override
        public long differing(int first, int count) {
            int place = from + 2 * first;
            long one = (bytes[place] & 255L | (bytes[place + 1] & 255L) << 8) * 0x0001_0001_0001_0001L;
            int end = place + 2 * count;
            long different = 0;
            for (; place <= end - Long.BYTES; place += Long.BYTES) {
                different |= (long) FOUR.get(bytes, place) ^ one;
            }
            for (; place < end; place += 2) {
                different |= (bytes[place] & 255L | (bytes[place + 1] & 255L) << 8) ^ one & 0xffff;
            }
            different |= different >>> 32;
            different |= different >>> 16;
            return different & 0xffff;
        }

        @Override
        public void plane(int first, int count, int plane, byte[] into, int at) {
            int place = from + 2 * first;
            int shift = 8 * plane;
            int element = 0;
            for (; element <= count - Long.BYTES; element += Long.BYTES) {
                long low = picked((long) FOUR.get(bytes, place + 2 * element) >>> shift);
                long high = picked((long) FOUR.get(bytes, place + 2 * element + Long.BYTES) >>> shift);
                FOUR.set(into, at + element, low | high << 32);
            }
            for (; element < count; element++) {
                into[at + element] = bytes[place + 2 * element + plane];
            }
        }

        /// The even bytes of `pairs`, moved together.
        private static long picked(long pairs) {
            long bytes = pairs & EVEN_BYTES;
            bytes = (bytes | bytes >>> 8) & EVEN_PAIRS;
            return (bytes | bytes >>> 16) & LOW_HALF;
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
