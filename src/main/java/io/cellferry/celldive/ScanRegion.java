package io.cellferry.celldive;

import io.cellferry.image.PixelSize;
import io.cellferry.image.PixelType;
import io.cellferry.omexml.Objective;
import java.util.List;
import java.util.Optional;

/// The files of one region, all of one size, type and pixel size, in the order of their channels.
///
/// `id` is as in the names (`R000`), upper case. All names of the region have the same prefix and sample. `pixelSize`
/// is there whenever [ScanFolder] found the region. `acquired` and `objective` are of the first channel that knows
/// them.
public record ScanRegion(
        String id,
        PixelType type,
        long width,
        long height,
        Optional<PixelSize> pixelSize,
        Optional<String> acquired,
        Optional<Objective> objective,
        List<ScanChannel> channels) {

    public ScanRegion {
        channels = List.copyOf(channels);
    }
}
