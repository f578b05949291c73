package io.cellferry.hvg;

/// Batches `[from, to)`. Half-open, so neighbours meet without overlap.
public record BatchRange(int from, int to) {
    public BatchRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("batch range [%d, %d) must satisfy 0 <= from <= to".formatted(from, to));
        }
    }

    public int count() {
        return to - from;
    }

    boolean contains(int batch) {
        return batch >= from && batch < to;
    }
}
