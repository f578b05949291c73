package io.cellferry.omezarr;

import io.cellferry.image.PixelRegion;

/// Pixels of one channel on one level.
@FunctionalInterface
public interface PixelSource {

    /// Puts the pixels of `region`, little-endian, into `into`: the first row at `at`, each further row `rowBytes`
    /// later.
    void read(PixelRegion region, byte[] into, int at, int rowBytes);
}
