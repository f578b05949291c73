package io.cellferry.omexml;

import java.util.Optional;

/// A detector and how it was set for a channel.
public record Detector(
        Optional<String> manufacturer,
        Optional<String> model,
        Optional<String> type,
        Optional<String> binning,
        Optional<Double> gain,
        Optional<Double> offset) {

    static final Detector UNKNOWN = new Detector(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Detector {
        NumberRange.ANY.check("gain", gain);
        NumberRange.ANY.check("offset", offset);
    }
}
