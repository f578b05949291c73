package io.cellferry.cellucid;

/// What to do when two genes of a matrix have the same name.
public enum DuplicatePolicy {
    REFUSE,
    /// The first keeps its name, the others become `NAME-1`, `NAME-2` and so on, skipping names that exist.
    SUFFIX
}
