package io.cellferry.omexml;

import java.util.Optional;

/// Reads channels and resolves what they refer to.
///
/// A reference to a part that is not described is a finding. What the reference itself says of the light is kept
/// then, as that of a source of unknown kind; of a detector likewise.
final class ChannelReading {

    private static final String DESCRIBE =
            "Add the part to the file's Instrument; until then only what the channel says about it is known.";

    private final Instruments instruments;
    private final String instrument;
    private final Findings findings;

    /// Of an image taken with the instrument called `instrument`.
    ChannelReading(Instruments instruments, String instrument, Findings findings) {
        this.instruments = instruments;
        this.instrument = instrument;
        this.findings = findings;
    }

    /// The channel that `cursor` stands on, without its exposure, which planes know.
    OmeChannel read(XmlCursor cursor, String place) throws Unreadable {
        Attributes channel = new Attributes(place, cursor.attributes(), findings);
        Optional<LightSource> light = Optional.empty();
        Optional<Detector> detector = Optional.empty();
        int own = cursor.depth();
        while (cursor.toChildOf(own)) {
            String name = cursor.name();
            Attributes settings = new Attributes(place + ", " + name, cursor.attributes(), findings);
            switch (name) {
                case "LightSourceSettings", "LightSourceRef" -> light = lightSource(settings);
                case "DetectorSettings", "DetectorRef" -> detector = detector(settings);
                default -> {
                    // Filters and annotations have no place in what we know of a channel.
                }
            }
        }
        return new OmeChannel(
                channel.text("Name"),
                channel.text("Fluor"),
                channel.quantity(Measure.WAVELENGTH, NumberRange.POSITIVE, "ExcitationWavelength", "ExWave"),
                channel.quantity(Measure.WAVELENGTH, NumberRange.POSITIVE, "EmissionWavelength", "EmWave"),
                Optional.empty(),
                light,
                detector);
    }

    private Optional<LightSource> lightSource(Attributes settings) {
        Optional<Double> wavelength = settings.quantity(Measure.WAVELENGTH, NumberRange.POSITIVE, "Wavelength");
        Optional<Double> attenuation = settings.number(NumberRange.FRACTION, "Attenuation");
        String id = settings.texts().getOrDefault("ID", "");
        Optional<LightSource> described = instruments.lightSource(instrument, id);
        if (described.isEmpty()) {
            missing(settings, id);
            if (wavelength.isEmpty() && attenuation.isEmpty()) {
                return Optional.empty();
            }
        }
        LightSource source = described.orElse(LightSource.UNKNOWN);
        return Optional.of(new LightSource(
                source.kind(),
                source.manufacturer(),
                source.model(),
                source.type(),
                source.powerMilliwatts(),
                wavelength.or(source::wavelengthNanometres),
                attenuation,
                source.medium()));
    }

    private Optional<Detector> detector(Attributes settings) {
        Optional<String> binning = settings.text("Binning");
        Optional<Double> gain = settings.number(NumberRange.ANY, "Gain");
        Optional<Double> offset = settings.number(NumberRange.ANY, "Offset");
        String id = settings.texts().getOrDefault("ID", "");
        Optional<Detector> described = instruments.detector(instrument, id);
        if (described.isEmpty()) {
            missing(settings, id);
            if (binning.isEmpty() && gain.isEmpty() && offset.isEmpty()) {
                return Optional.empty();
            }
        }
        Detector detector = described.orElse(Detector.UNKNOWN);
        return Optional.of(new Detector(
                detector.manufacturer(),
                detector.model(),
                detector.type(),
                binning,
                gain.or(detector::gain),
                offset.or(detector::offset)));
    }

    private static void missing(Attributes settings, String id) {
        settings.findings()
                .warn(
                        "input.ome.reference",
                        settings.place(),
                        "refers to '%s', which the file does not describe".formatted(id),
                        DESCRIBE);
    }
}
