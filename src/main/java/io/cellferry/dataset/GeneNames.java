package io.cellferry.dataset;

import java.util.List;

/// The names of all genes of one matrix, in matrix order, as stored: they may repeat, be empty or unprintable.
/// `column` is the column they came from, or empty for the index. Bounded by genes, not by cells.
public record GeneNames(List<String> names, java.util.Optional<String> column) {
    public GeneNames {
        names = List.copyOf(names);
    }
}
