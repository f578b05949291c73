package io.cellferry.celldive;

import io.cellferry.image.PixelSize;
import java.util.Optional;

/// What a person may say about a folder that its files do not.
///
/// `pixelSizeIfMissing` is that of files whose OME-XML names none; it goes before the resolution of a TIFF, which
/// programs fill in without knowing it. `names` takes names apart that are not those of the usual grammar, `channels`
/// says how channels are called and shown, `twins` which of two files of a channel is meant.
public record ScanRules(
        Optional<PixelSize> pixelSizeIfMissing, Optional<NamePattern> names, ChannelTable channels, Twins twins) {

    public static final ScanRules NONE = new ScanRules(Optional.empty());

    public ScanRules(Optional<PixelSize> pixelSizeIfMissing) {
        this(pixelSizeIfMissing, Optional.empty(), ChannelTable.EMPTY, Twins.REFUSE);
    }
}
