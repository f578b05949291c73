package io.cellferry.omezarr;

/// Halves pixels of one byte.
final class HalvingOfBytes extends HalvingOfRows {

    /// What makes an unsigned number of a byte, or leaves a signed one as it is.
    private final int mask;

    HalvingOfBytes(Downsampling downsampling, boolean unsigned) {
        super(downsampling);
        this.mask = unsigned ? 0xff : -1;
    }

    @Override
    void mean(byte[] from, int upper, int lower, int width, byte[] into, int target) {
        int pairs = width / 2;
        for (int pair = 0; pair < pairs; pair++) {
            int left = 2 * pair;
            int sum = (from[upper + left] & mask)
                    + (from[lower + left] & mask)
                    + (from[upper + left + 1] & mask)
                    + (from[lower + left + 1] & mask);
            into[target + pair] = (byte) (sum + 2 >> 2);
        }
        if (width % 2 == 1) {
            int left = 2 * pairs;
            int sum = 2 * (from[upper + left] & mask) + 2 * (from[lower + left] & mask);
            into[target + pairs] = (byte) (sum + 2 >> 2);
        }
    }

    @Override
    void nearest(byte[] from, int upper, int width, byte[] into, int target) {
        for (int left = 0; left < width; left += 2) {
            into[target + left / 2] = from[upper + left];
        }
    }

    @Override
    void max(byte[] from, int upper, int lower, int width, byte[] into, int target) {
        for (int left = 0; left < width; left += 2) {
            int right = Math.min(left + 1, width - 1);
            int above = Math.max(from[upper + left] & mask, from[upper + right] & mask);
            int below = Math.max(from[lower + left] & mask, from[lower + right] & mask);
            into[target + left / 2] = (byte) Math.max(above, below);
        }
    }
}
