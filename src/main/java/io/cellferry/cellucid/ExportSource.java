package io.cellferry.cellucid;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which parts of a data set an export was made from, by their paths.
///
/// `embeddings` and `vectors` are keyed by what they became: the dimension, and `<field>_<d>d`. Fields are found by
/// name.
public record ExportSource(
        Optional<String> matrix,
        DuplicatePolicy duplicates,
        Map<Integer, String> embeddings,
        String latent,
        Optional<String> graph,
        Map<String, String> vectors,
        int centroidMinPoints) {
    public ExportSource {
        embeddings = Map.copyOf(embeddings);
        vectors = Map.copyOf(vectors);
    }

    /// The genes and fields to compare, by position in the export; everything when absent.
    public record Sample(Optional<List<Integer>> genes, Optional<List<Integer>> fields) {
        public static final Sample EVERYTHING = new Sample(Optional.empty(), Optional.empty());
    }
}
