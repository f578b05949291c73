package io.cellferry.omexml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Reads one `Pixels`: sizes, channels, and where planes lie. Holds one place per `TiffData`, bounded by the elements
/// a text may have.
final class PixelsReading {

    /// Channels of one image that are made up when a file counts them without describing any. A larger count is a
    /// mistake, and the image has no channels then.
    private static final int MOST_UNDESCRIBED = 10_000;

    private final ChannelReading channelReading;
    private final OwnFile ownFile;
    private final Findings findings;
    private final Attributes pixels;
    private final List<OmeChannel> channels = new ArrayList<>();
    private final List<PlanePlace> places = new ArrayList<>();
    private final PlaneExposures exposures;
    private final int sizeC;

    /// Of the `Pixels` with these attributes. `earlier` are channels that stood before it, as files up to 2008 have
    /// it.
    PixelsReading(ChannelReading channelReading, OwnFile ownFile, Attributes pixels, List<OmeChannel> earlier) {
        this.channelReading = channelReading;
        this.ownFile = ownFile;
        this.findings = pixels.findings();
        this.pixels = pixels;
        this.channels.addAll(earlier);
        this.sizeC = size("SizeC");
        this.exposures = new PlaneExposures(pixels.place(), sizeC, findings);
    }

    Attributes attributes() {
        return pixels;
    }

    List<PlanePlace> places() {
        return places;
    }

    int sizeC() {
        return sizeC;
    }

    int size(String name) {
        return Math.toIntExact(longSize(name, Integer.MAX_VALUE));
    }

    long longSize(String name, long most) {
        if (pixels.text(name).isEmpty()) {
            findings.warn(
                    "input.ome.number",
                    pixels.place(),
                    "a whole number was expected in attribute %s, found none".formatted(name),
                    "Add it to the file's OME-XML; until then the size counts as unknown.");
        }
        return pixels.whole(1, most, name).orElse(0L);
    }

    /// Reads what the `Pixels` holds that `cursor` stands on.
    void read(XmlCursor cursor) throws Unreadable {
        int own = cursor.depth();
        while (cursor.toChildOf(own)) {
            switch (cursor.name()) {
                case "Channel" ->
                    channels.add(
                            channelReading.read(cursor, "%s, channel %d".formatted(pixels.place(), channels.size())));
                case "TiffData" -> place(cursor);
                case "Plane" -> exposures.read(cursor);
                default -> {
                    // Pixels inside the text, and annotations.
                }
            }
        }
        if (channels.isEmpty() && sizeC <= MOST_UNDESCRIBED) {
            cursor.count(sizeC);
            channels.addAll(Collections.nCopies(sizeC, OmeChannel.UNKNOWN));
        }
    }

    /// The channels with their exposures; as many as are counted if the text describes none.
    List<OmeChannel> channels() {
        return exposures.addedTo(channels);
    }

    private void place(XmlCursor cursor) throws Unreadable {
        Attributes tiffData = new Attributes(pixels.place() + ", TiffData", cursor.attributes(), findings);
        Optional<String> otherFile = Optional.empty();
        int own = cursor.depth();
        while (cursor.toChildOf(own)) {
            if (cursor.name().equals("UUID")) {
                Optional<String> name = Optional.ofNullable(cursor.attributes().get("FileName"));
                otherFile = ownFile.other(cursor.text(), name);
            }
        }
        places.add(new PlanePlace(
                index(tiffData, "FirstC").orElse(0),
                index(tiffData, "FirstZ").orElse(0),
                index(tiffData, "FirstT").orElse(0),
                index(tiffData, "IFD"),
                index(tiffData, "PlaneCount", "NumPlanes"),
                otherFile));
    }

    private static Optional<Integer> index(Attributes attributes, String... names) {
        return attributes.whole(0, Integer.MAX_VALUE, names).map(Math::toIntExact);
    }
}
