package io.cellferry.celldive;

import io.cellferry.failure.Problem;

/// What the name of a file in a folder of scans turned out to be.
sealed interface NameReading {

    /// A scan.
    record Scan(ScanName name) implements NameReading {}

    /// An image, but with a name that breaks a rule, which the problem states.
    record Unmatched(Problem problem) implements NameReading {}

    /// No image by its name.
    record NoImage() implements NameReading {}
}
