package io.cellferry.image;

/// Extent of one pixel in micrometres. Both are greater than zero and finite as 32-bit numbers too, which is what
/// OME-XML counts in.
public record PixelSize(double x, double y) {

    public PixelSize {
        if (!isLength(x) || !isLength(y)) {
            throw new IllegalArgumentException("a pixel of %s x %s micrometres".formatted(x, y));
        }
    }

    /// Whether a pixel can be that long.
    public static boolean isLength(double micrometres) {
        float stored = (float) micrometres;
        return stored > 0 && stored < Float.POSITIVE_INFINITY;
    }
}
