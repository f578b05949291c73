package io.cellferry.image;

/// The tiles or strips a plane is stored in, row by row from the upper left; the last of a row or column may be cut
/// off by the plane's edge.
///
/// What is decoded is decoded in whole blocks. So a caller reads regions that are multiples of them; strips are as wide
/// as the plane, which makes full-width bands the only shape that decodes every strip once.
public record BlockGrid(long width, long height, int blockWidth, int blockHeight) {

    public BlockGrid {
        if (width < 1 || height < 1 || blockWidth < 1 || blockHeight < 1) {
            throw new IllegalArgumentException("a plane of %,d x %,d pixels in blocks of %,d x %,d"
                    .formatted(width, height, blockWidth, blockHeight));
        }
    }

    public long columns() {
        return (width - 1) / blockWidth + 1;
    }

    public long rows() {
        return (height - 1) / blockHeight + 1;
    }

    /// How many blocks there are.
    public long count() {
        return Math.multiplyExact(columns(), rows());
    }

    /// Whether each block spans the whole width, as strips do.
    public boolean isBanded() {
        return blockWidth >= width;
    }

    /// The pixels of the plane that a block holds.
    public PixelRegion region(long column, long row) {
        long x = column * blockWidth;
        long y = row * blockHeight;
        return new PixelRegion(x, y, (int) Math.min(blockWidth, width - x), (int) Math.min(blockHeight, height - y));
    }
}
