package io.cellferry.omezarr;

/// Halves two rows at a time, of which the last may stand for both.
abstract class HalvingOfRows implements Halving {

    private final Downsampling downsampling;

    HalvingOfRows(Downsampling downsampling) {
        this.downsampling = downsampling;
    }

    @Override
    public final void halve(
            byte[] from, int at, int rowBytes, int width, int height, byte[] into, int to, int intoRowBytes) {
        for (int row = 0; row < height; row += 2) {
            int upper = at + row * rowBytes;
            int lower = row + 1 < height ? upper + rowBytes : upper;
            int target = to + row / 2 * intoRowBytes;
            switch (downsampling) {
                case MEAN -> mean(from, upper, lower, width, into, target);
                case NEAREST -> nearest(from, upper, width, into, target);
                case MAX -> max(from, upper, lower, width, into, target);
            }
        }
    }

    /// Rows begin at `upper` and `lower` of `from` and have `width` pixels; what they become goes to `target`.
    abstract void mean(byte[] from, int upper, int lower, int width, byte[] into, int target);

    abstract void nearest(byte[] from, int upper, int width, byte[] into, int target);

    abstract void max(byte[] from, int upper, int lower, int width, byte[] into, int target);
}
