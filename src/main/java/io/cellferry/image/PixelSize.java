package io.cellferry.image;

/// Extent of one pixel in micrometres, both finite and greater than zero.
public record PixelSize(double x, double y) {

    public PixelSize {
        if (!isLength(x) || !isLength(y)) {
            throw new IllegalArgumentException("a pixel of %s x %s micrometres".formatted(x, y));
        }
    }

    /// Whether a pixel can be that long.
    public static boolean isLength(double micrometres) {
        return micrometres > 0 && micrometres < Double.POSITIVE_INFINITY;
    }
}
