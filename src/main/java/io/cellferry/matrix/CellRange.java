package io.cellferry.matrix;

/// Cells `[from, to)` of one data set. Half-open, so neighbours meet without overlap.
public record CellRange(int from, int to) {
    public CellRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("cell range [%d, %d) must satisfy 0 <= from <= to".formatted(from, to));
        }
    }

    public int count() {
        return to - from;
    }

    public String partitionName() {
        return "cells-%09d-%09d".formatted(from, to);
    }
}
