package io.cellferry.matrix;

/// Genes `[from, to)` of one matrix. Half-open, so neighbours meet without overlap
/// and an empty range is `from == to`.
public record GeneRange(int from, int to) {
    public GeneRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("gene range [%d, %d) must satisfy 0 <= from <= to".formatted(from, to));
        }
    }

    public int count() {
        return to - from;
    }

    public String partitionName() {
        return "genes-%07d-%07d".formatted(from, to);
    }
}
