package io.cellferry.omexml;

import io.cellferry.image.PixelSize;
import java.util.List;
import java.util.Optional;

/// What OME-XML says about one image.
///
/// `type` is the word for a pixel as OME spells it (`uint16`, `float`), empty when the file has none. A size the file
/// does not say is 0. `pixelSize` is in micrometres whatever unit the file uses, empty when the file names none.
/// `channels` has `sizeC` entries unless the file says otherwise. `places` says where the planes lie, in the order of
/// the file; none when the text holds metadata only.
public record OmeImage(
        String name,
        String type,
        long sizeX,
        long sizeY,
        int sizeC,
        int sizeZ,
        int sizeT,
        Optional<PixelSize> pixelSize,
        Optional<String> acquired,
        Optional<Objective> objective,
        List<OmeChannel> channels,
        List<PlanePlace> places) {

    public OmeImage {
        channels = List.copyOf(channels);
        places = List.copyOf(places);
    }

    /// One whose text does not say where its planes lie.
    public OmeImage(
            String name,
            String type,
            long sizeX,
            long sizeY,
            int sizeC,
            int sizeZ,
            int sizeT,
            Optional<PixelSize> pixelSize,
            Optional<String> acquired,
            Optional<Objective> objective,
            List<OmeChannel> channels) {
        this(name, type, sizeX, sizeY, sizeC, sizeZ, sizeT, pixelSize, acquired, objective, channels, List.of());
    }

    /// Names of other files in which planes of this image lie, each once; empty when all lie in the file itself.
    public List<String> otherFiles() {
        return places.stream()
                .flatMap(place -> place.otherFile().stream())
                .distinct()
                .toList();
    }
}
