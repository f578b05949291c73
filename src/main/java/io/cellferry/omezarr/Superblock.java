package io.cellferry.omezarr;

import io.cellferry.image.PixelRegion;

/// One unit of work: the rectangle in `row` and `column` of the units that pass `pass` cuts a channel into.
public record Superblock(int channel, int pass, int row, int column) {

    /// Its pixels on the first level of its pass, cut off at the image's edges.
    public PixelRegion region(PyramidLayout layout, Pass of) {
        long x = (long) column * of.unitWidth();
        long y = (long) row * of.unitHeight();
        return new PixelRegion(x, y, (int) Math.min(of.unitWidth(), layout.width(of.firstLevel()) - x), (int)
                Math.min(of.unitHeight(), layout.height(of.firstLevel()) - y));
    }

    /// For names of units and scratch files; sorted as text it is in order.
    public String partitionName() {
        return "channel-%03d-pass-%d-row-%05d-column-%05d".formatted(channel, pass, row, column);
    }
}
