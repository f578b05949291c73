package io.cellferry.image;

import java.util.List;
import java.util.Optional;

/// One readable plane of one channel.
///
/// `directory` is its place among the image directories of the file, which OME-XML counts too, and `sample` its place
/// among the samples of a pixel (0 unless pixels are colours). Consecutive planes of the same size, type and blocks
/// form a `series`. `compression` is in words. `reductions` are smaller copies the file brings along, largest first, of
/// which only the size is known: how they were made is not recorded. `pixelSize` is what the container says; OME-XML,
/// where there is any, knows better.
public record Plane(
        int series,
        int directory,
        int sample,
        PixelType type,
        BlockGrid blocks,
        String compression,
        List<PlaneSize> reductions,
        Optional<PixelSize> pixelSize) {

    public Plane {
        reductions = List.copyOf(reductions);
    }

    public long width() {
        return blocks.width();
    }

    public long height() {
        return blocks.height();
    }
}
