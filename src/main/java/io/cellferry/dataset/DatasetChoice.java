package io.cellferry.dataset;

import java.util.Optional;

/// Which data set an input is where it holds several: one of its measurements, and which layer of that measurement is
/// `X`.
///
/// An experiment opened to look around (`mustBeClear` false) is what its names suggest, and its catalogue lists the
/// rest. Who converts must not guess: with `mustBeClear`, a measurement that nothing says is refused; with `wantsMain`
/// also a layer.
public record DatasetChoice(
        Optional<String> measurement, Optional<String> layer, boolean mustBeClear, boolean wantsMain) {

    /// To look around.
    public static final DatasetChoice NONE = new DatasetChoice(Optional.empty(), Optional.empty(), false, false);

    /// Whether anything was asked for by name.
    public boolean isSaid() {
        return measurement.isPresent() || layer.isPresent();
    }
}
