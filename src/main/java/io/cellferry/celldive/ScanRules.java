package io.cellferry.celldive;

import io.cellferry.image.PixelSize;
import java.util.Optional;

/// What a person may say about a folder that its files do not: the pixel size where their OME-XML names none. It goes
/// before the resolution of a TIFF, which programs fill in without knowing it.
public record ScanRules(Optional<PixelSize> pixelSizeIfMissing) {

    public static final ScanRules NONE = new ScanRules(Optional.empty());
}
