package io.cellferry.omexml;

import java.util.Optional;

/// How one channel was taken: light in, light out, exposure and detector. Lengths in nanometres, times in
/// milliseconds.
public record OmeChannel(
        Optional<String> name,
        Optional<String> fluor,
        Optional<Double> excitationNanometres,
        Optional<Double> emissionNanometres,
        Optional<Double> exposureMilliseconds,
        Optional<LightSource> lightSource,
        Optional<Detector> detector) {

    /// A channel of which nothing is known.
    public static final OmeChannel UNKNOWN = new OmeChannel(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public OmeChannel {
        NumberRange.POSITIVE.check("excitation in nanometres", excitationNanometres);
        NumberRange.POSITIVE.check("emission in nanometres", emissionNanometres);
        NumberRange.NOT_NEGATIVE.check("exposure in milliseconds", exposureMilliseconds);
    }

    public OmeChannel withExposure(Optional<Double> milliseconds) {
        return new OmeChannel(
                name, fluor, excitationNanometres, emissionNanometres, milliseconds, lightSource, detector);
    }
}
