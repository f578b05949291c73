package io.cellferry.image;

/// Pixels of a plane or of a reduced copy of it.
public record PlaneSize(long width, long height) {

    public PlaneSize {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a plane of %,d x %,d pixels".formatted(width, height));
        }
    }
}
