package io.cellferry.omexml;

import java.util.Optional;

/// Where planes of an image lie, from channel `firstC`, section `firstZ` and time point `firstT` on, all from 0: one
/// `TiffData` of the text.
///
/// `otherFile` names the file they lie in, by its identifier if it has no name; empty when it is the file the text
/// comes from. `directory` is the first plane's among the TIFF's and `planes` how many follow each other; the file
/// may leave out either.
public record PlanePlace(
        int firstC,
        int firstZ,
        int firstT,
        Optional<Integer> directory,
        Optional<Integer> planes,
        Optional<String> otherFile) {}
