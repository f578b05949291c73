package io.cellferry.celldive;

import io.cellferry.image.Plane;
import io.cellferry.omexml.OmeChannel;
import io.cellferry.omexml.OmeImage;
import java.nio.file.Path;
import java.util.Optional;

/// One file of a region as its headers show it: a single plane, and what its OME-XML, if it can be read, says of it.
record ScanFile(ScanName name, Path path, Plane plane, Optional<OmeImage> described) {

    ScanChannel channel(String shown, int number) {
        return new ScanChannel(
                path,
                0,
                plane,
                name.label(),
                shown,
                name.round().written(),
                name.dye(),
                name.marker(),
                Dye.colour(name.dye(), number),
                described
                        .flatMap(image -> image.channels().stream().findFirst())
                        .orElse(OmeChannel.UNKNOWN));
    }
}
