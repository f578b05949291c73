package io.cellferry.omexml;

import io.cellferry.image.PixelSize;
import io.cellferry.image.PixelType;
import java.util.List;
import java.util.Optional;

/// An image whose channels came from several files, as it is described to its readers: one plane a channel.
///
/// `magnification` is the objective's; empty leaves the objective out. `objective` adds what else is known of it.
public record MergedImage(
        String name,
        PixelType type,
        long width,
        long height,
        Optional<PixelSize> pixelSize,
        Optional<String> acquired,
        Optional<Double> magnification,
        Optional<Objective> objective,
        List<Channel> channels) {

    public MergedImage {
        channels = List.copyOf(channels);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("%s: an image has at least one channel".formatted(name));
        }
        if (Math.min(width, height) < 1 || Math.max(width, height) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%s: OME-XML holds sizes of 1 to 2,147,483,647, not %,d x %,d".formatted(name, width, height));
        }
        if (acquired.isPresent() && !acquired.equals(acquired.flatMap(AcquisitionDate::of))) {
            throw new IllegalArgumentException(
                    "%s: a date is written as 2025-10-08T09:30:00, not %s".formatted(name, acquired.get()));
        }
        NumberRange.POSITIVE.check("pixel size along x", pixelSize.map(PixelSize::x));
        NumberRange.POSITIVE.check("pixel size along y", pixelSize.map(PixelSize::y));
        NumberRange.POSITIVE.check("magnification", magnification);
    }

    /// `colour` is red, green, blue in the low 24 bits. `taken` is what the channel's own file says.
    public record Channel(String name, int colour, OmeChannel taken) {

        public Channel {
            if (colour >>> 24 != 0) {
                throw new IllegalArgumentException("%s: a colour has 24 bits, not %08x".formatted(name, colour));
            }
        }
    }
}
