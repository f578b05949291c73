package io.cellferry.image;

/// A rectangle of a plane: columns `[x, x + width)` and rows `[y, y + height)`. Position as `long`, since planes have
/// more than 2^31 pixels; extent as `int`, since a region fits into memory.
public record PixelRegion(long x, long y, int width, int height) {

    public PixelRegion {
        if (x < 0 || y < 0 || width < 0 || height < 0) {
            throw new IllegalArgumentException(
                    "a region of %,d x %,d pixels at column %,d, row %,d".formatted(width, height, x, y));
        }
    }
}
