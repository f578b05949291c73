package io.cellferry.omexml;

import io.cellferry.image.PixelSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads one `Image`. Of several `Pixels`, which files up to 2008 may have, the first counts.
final class ImageReading {

    /// What a TIFF can hold; counts of 32 bits.
    private static final long WIDEST = 0xffff_ffffL;

    private final Instruments instruments;
    private final OwnFile ownFile;
    private final Attributes image;
    private final Findings findings;
    private final List<OmeChannel> channels = new ArrayList<>();
    private String instrument = "";
    private Optional<String> acquired = Optional.empty();
    private Optional<String> objective = Optional.empty();
    private Optional<PixelsReading> pixels = Optional.empty();

    /// Of the image with these attributes.
    ImageReading(Instruments instruments, OwnFile ownFile, Attributes image) {
        this.instruments = instruments;
        this.ownFile = ownFile;
        this.image = image;
        this.findings = image.findings();
    }

    /// The image that `cursor` stands on; empty if the text says nothing about its pixels.
    Optional<OmeImage> read(XmlCursor cursor) throws Unreadable {
        int own = cursor.depth();
        while (cursor.toChildOf(own)) {
            String id = cursor.attributes().getOrDefault("ID", "");
            switch (cursor.name()) {
                case "AcquisitionDate", "AcquiredDate", "CreationDate" -> acquired = date(cursor.text());
                case "InstrumentRef" -> instrument = id;
                case "ObjectiveSettings", "ObjectiveRef" -> objective = Optional.of(id);
                case "LogicalChannel", "ChannelInfo" ->
                    channels.add(
                            channelReading().read(cursor, "%s, channel %d".formatted(image.place(), channels.size())));
                case "Pixels" -> readPixels(cursor);
                default -> {
                    // Descriptions, people, regions of interest and annotations.
                }
            }
        }
        if (pixels.isEmpty()) {
            findings.warn(
                    "input.ome.pixels",
                    image.place(),
                    "a Pixels element was expected, found none",
                    "Nothing is known of this image; write the file's OME-XML again.");
        }
        return pixels.map(this::image);
    }

    private void readPixels(XmlCursor cursor) throws Unreadable {
        if (pixels.isPresent()) {
            findings.note(
                    "input.ome.pixels",
                    image.place(),
                    "has more than one Pixels element",
                    "Nothing needs to be done if the first one is meant.");
            return;
        }
        Attributes attributes = new Attributes(image.place(), cursor.attributes(), findings);
        PixelsReading reading = new PixelsReading(channelReading(), ownFile, attributes, channels);
        reading.read(cursor);
        pixels = Optional.of(reading);
    }

    private ChannelReading channelReading() {
        return new ChannelReading(instruments, instrument, findings);
    }

    private OmeImage image(PixelsReading reading) {
        return new OmeImage(
                image.text("Name").orElse(""),
                reading.attributes().text("Type", "PixelType").orElse(""),
                reading.longSize("SizeX", WIDEST),
                reading.longSize("SizeY", WIDEST),
                reading.sizeC(),
                reading.size("SizeZ"),
                reading.size("SizeT"),
                pixelSize(reading.attributes()),
                acquired,
                objective.flatMap(this::objective),
                reading.channels(),
                reading.places());
    }

    /// Of the pixels; up to 2003 of the image, in micrometres always.
    private Optional<PixelSize> pixelSize(Attributes attributes) {
        Optional<Double> x = attributes
                .quantity(Measure.LENGTH, NumberRange.POSITIVE, "PhysicalSizeX")
                .or(() -> image.quantity(Measure.LENGTH, NumberRange.POSITIVE, "PixelSizeX"));
        Optional<Double> y = attributes
                .quantity(Measure.LENGTH, NumberRange.POSITIVE, "PhysicalSizeY")
                .or(() -> image.quantity(Measure.LENGTH, NumberRange.POSITIVE, "PixelSizeY"));
        if (x.isPresent() != y.isPresent()) {
            findings.warn(
                    "input.ome.pixel-size",
                    image.place(),
                    "the physical size of a pixel was expected along x and y, found it along %s only"
                            .formatted(x.isPresent() ? "x" : "y"),
                    "Add the other one to the file's OME-XML; until then the pixel size counts as unknown.");
        }
        return x.flatMap(width -> y.map(height -> new PixelSize(width, height)));
    }

    private Optional<Objective> objective(String id) {
        Optional<Objective> described = instruments.objective(instrument, id);
        if (described.isEmpty()) {
            findings.warn(
                    "input.ome.reference",
                    image.place() + ", ObjectiveSettings",
                    "refers to '%s', which the file does not describe".formatted(id),
                    "Add the objective to the file's Instrument, or give the magnification as an option.");
        }
        return described;
    }

    private Optional<String> date(String text) {
        Optional<String> date = AcquisitionDate.of(text);
        if (date.isEmpty() && !text.isEmpty()) {
            findings.warn(
                    "input.ome.date",
                    image.place() + ", AcquisitionDate",
                    "a date such as 2025-10-08T09:30:00 was expected, found '%s'"
                            .formatted(text.substring(0, Math.min(40, text.length()))),
                    "Correct it in the file's OME-XML; until then the date counts as unknown.");
        }
        return date;
    }
}
