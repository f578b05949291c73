package io.cellferry.dataset.hdf5.filter;

import io.cellferry.codec.Decoder;
import io.cellferry.codec.Malformed;
import io.cellferry.codec.Sizes;

/// Filter 3: a Fletcher-32 checksum in four little-endian bytes behind the data.
final class Fletcher implements Decoder {

    static final int BYTES = 4;

    @Override
    public int decode(byte[] in, int start, int count, byte[] out, int room) {
        int data = count - BYTES;
        Sizes.check(data, room, "checksummed");
        FletcherSum sum = new FletcherSum();
        sum.add(in, start, data);
        sum.check(Sizes.littleEndian(in, start + data, start + count));
        System.arraycopy(in, start, out, 0, data);
        return data;
    }

    /// The sum over pairs of bytes, the first of a pair being the higher, modulo 65,535. Pieces but the last must have
    /// an even number of bytes.
    static final class FletcherSum {

        /// As many additions as a 32-bit accumulator takes before it has to be reduced.
        private static final int STRIDE = 2 * 360;

        private int low;
        private int high;

        void add(byte[] data, int at, int count) {
            int end = at + (count & ~1);
            int next = at;
            while (next < end) {
                int stop = Math.min(end, next + STRIDE);
                for (; next < stop; next += 2) {
                    low += (data[next] & 255) << 8 | data[next + 1] & 255;
                    high += low;
                }
                low = (low & 0xffff) + (low >>> 16);
                high = (high & 0xffff) + (high >>> 16);
            }
            if ((count & 1) != 0) {
                low += (data[end] & 255) << 8;
                high += low;
                low = (low & 0xffff) + (low >>> 16);
                high = (high & 0xffff) + (high >>> 16);
            }
        }

        void check(int stored) {
            int first = (low & 0xffff) + (low >>> 16);
            int second = (high & 0xffff) + (high >>> 16);
            int sum = second << 16 | first;
            // Before 1.6.3 little-endian machines wrote the bytes of each half the other way round.
            int swapped = (sum & 0x00ff00ff) << 8 | (sum >>> 8) & 0x00ff00ff;
            if (stored != sum && stored != swapped) {
                throw new Malformed("a chunk does not match its fletcher32 checksum");
            }
        }
    }
}
