package io.cellferry.omexml;

import java.util.List;
import java.util.Optional;

/// A light source and how it was set for a channel. `kind` is the element that describes it in OME-XML, such as
/// `Laser` or `LightEmittingDiode`; `type` and `medium` are its attributes there. `attenuation` is the fraction taken
/// away.
public record LightSource(
        String kind,
        Optional<String> manufacturer,
        Optional<String> model,
        Optional<String> type,
        Optional<Double> powerMilliwatts,
        Optional<Double> wavelengthNanometres,
        Optional<Double> attenuation,
        Optional<String> medium) {

    /// Kinds of light sources in OME-XML; the last says nothing about how the light is made.
    public static final List<String> KINDS =
            List.of("Laser", "Arc", "Filament", "LightEmittingDiode", "GenericExcitationSource");

    static final LightSource UNKNOWN = new LightSource(
            "GenericExcitationSource",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public LightSource {
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException("a light source must be one of %s, not %s".formatted(KINDS, kind));
        }
        NumberRange.NOT_NEGATIVE.check("power in milliwatts", powerMilliwatts);
        NumberRange.POSITIVE.check("wavelength in nanometres", wavelengthNanometres);
        NumberRange.FRACTION.check("attenuation", attenuation);
    }

    /// One whose medium is not known.
    public LightSource(
            String kind,
            Optional<String> manufacturer,
            Optional<String> model,
            Optional<String> type,
            Optional<Double> powerMilliwatts,
            Optional<Double> wavelengthNanometres,
            Optional<Double> attenuation) {
        this(kind, manufacturer, model, type, powerMilliwatts, wavelengthNanometres, attenuation, Optional.empty());
    }
}
