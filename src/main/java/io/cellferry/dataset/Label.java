package io.cellferry.dataset;

/// The value a category stands for, in the type the file gives it.
public sealed interface Label {

    record Text(String value) implements Label {}

    record Whole(long value) implements Label {}

    /// `value` is the stored number widened to double.
    record Real(double value) implements Label {}

    record Truth(boolean value) implements Label {}
}
