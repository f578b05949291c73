package io.cellferry.omexml;

import java.util.Optional;

/// The lens an image was taken with; what the file leaves out is empty.
public record Objective(
        Optional<String> manufacturer,
        Optional<String> model,
        Optional<Double> nominalMagnification,
        Optional<Double> lensNumericAperture,
        Optional<String> immersion,
        Optional<String> correction) {

    public Objective {
        NumberRange.POSITIVE.check("nominal magnification", nominalMagnification);
        NumberRange.POSITIVE.check("numerical aperture", lensNumericAperture);
    }
}
