package io.cellferry.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Elements seen as planes of bytes: plane 0 holds the lowest byte of every element.
sealed interface BytePlanes {

    byte at(int element, int plane);

    /// Copies all planes of `count` elements from `first` on, one after the other, to `into` from `at` on.
    void all(int first, int count, byte[] into, int at);

    /// Elements of which single planes are taken, because most others may be one byte throughout.
    sealed interface OneByOne extends BytePlanes {

        int width();

        /// All bits in which any of `count` elements from `first` on differs from the first of them.
        long differing(int first, int count);

        /// Copies `plane` of `count` elements from `first` on to `into` from `at` on.
        void plane(int first, int count, int plane, byte[] into, int at);

        @Override
        default void all(int first, int count, byte[] into, int at) {
            for (int plane = 0; plane < width(); plane++) {
                plane(first, count, plane, into, at + plane * count);
            }
        }
    }

    record OfInts(int[] values, int from) implements OneByOne {

        @Override
        public int width() {
            return Integer.BYTES;
        }

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

    record OfLongs(long[] values, int from) implements OneByOne {

        @Override
        public int width() {
            return Long.BYTES;
        }

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

    /// Pixels: elements of two bytes, both planes at once, because neither of them is ever one byte for long.
    record OfPairs(byte[] bytes, int from) implements BytePlanes {

        private static final VarHandle FOUR =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        private static final long SECOND_OF_FOUR = 0x0000_ff00_0000_ff00L;
        private static final long SECOND_PAIR = 0x0000_0000_ffff_0000L;
        private static final long LOW_HALF = 0xffff_ffffL;

        @Override
        public byte at(int element, int plane) {
            return bytes[from + 2 * element + plane];
        }

        @Override
        public void all(int first, int count, byte[] into, int at) {
            int place = from + 2 * first;
            int upper = at + count;
            int element = 0;
            for (; element <= count - Long.BYTES; element += Long.BYTES) {
                long one = parted((long) FOUR.get(bytes, place + 2 * element));
                long other = parted((long) FOUR.get(bytes, place + 2 * element + Long.BYTES));
                FOUR.set(into, at + element, one & LOW_HALF | other << 32);
                FOUR.set(into, upper + element, one >>> 32 | other & ~LOW_HALF);
            }
            for (; element < count; element++) {
                into[at + element] = bytes[place + 2 * element];
                into[upper + element] = bytes[place + 2 * element + 1];
            }
        }

        /// The four lower bytes of `pairs` in its lower half, the upper ones in the other: first the middle two of each
        /// four bytes change places, then the middle two pairs.
        private static long parted(long pairs) {
            long swap = (pairs ^ pairs >>> 8) & SECOND_OF_FOUR;
            long fours = pairs ^ swap ^ swap << 8;
            swap = (fours ^ fours >>> 16) & SECOND_PAIR;
            return fours ^ swap ^ swap << 16;
        }
    }

    /// Elements of `width` bytes in little-endian order.
    record OfBytes(byte[] bytes, int from, int width) implements OneByOne {

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
