package io.cellferry.cellucid;

/// What to do with cells that have no number in a gene or a continuous field.
public enum MissingPolicy {
    /// Refuse the input, naming the field and how many cells it concerns.
    REFUSE,
    /// Write the mark that viewers show as missing. Contract 0.9.0 marks infinities too, as its own writer does; 0.9.1
    /// has no mark in genes that are not quantized.
    MARK
}
