package io.cellferry.genemajor;

/// Stored values `[from, to)` of a matrix, counted gene by gene: one unit of work, whole files of the store.
public record ValueRange(long from, long to) {
    public ValueRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("value range [%d, %d) must satisfy 0 <= from <= to".formatted(from, to));
        }
    }

    public String partitionName() {
        return "values-%013d-%013d".formatted(from, to);
    }
}
