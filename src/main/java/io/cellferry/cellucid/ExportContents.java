package io.cellferry.cellucid;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What was written, as the manifests tell it: the results of all writers. Bounded by genes and labels, not by cells.
///
/// `geneBounds` are the results of all gene units in order; both `genes` and they are empty when no genes were
/// exported. Embeddings come in ascending dimension, fields by position.
public record ExportContents(
        int cells,
        List<EmbeddingFrame> embeddings,
        List<ObsFieldEntry> obs,
        Optional<GeneList> genes,
        List<GeneBounds> geneBounds,
        Optional<EdgeSummary> edges,
        Optional<VectorFields> vectors) {

    public ExportContents {
        embeddings = embeddings.stream()
                .sorted(Comparator.comparingInt(EmbeddingFrame::dimension))
                .toList();
        obs = obs.stream()
                .sorted(Comparator.comparingInt(field -> field.place().position()))
                .toList();
        geneBounds = geneBounds.stream()
                .sorted(Comparator.comparingInt(bounds -> bounds.range().from()))
                .toList();
        int next = 0;
        for (GeneBounds bounds : geneBounds) {
            if (bounds.range().from() != next) {
                throw new IllegalArgumentException("no result for the genes from " + next);
            }
            next = bounds.range().to();
        }
        int exported = genes.map(list -> list.genes().size()).orElse(0);
        if (next != exported) {
            throw new IllegalArgumentException("results for %d of %d genes".formatted(next, exported));
        }
        if (embeddings.isEmpty()) {
            throw new IllegalArgumentException("an export has at least one embedding");
        }
    }

    int exportedGenes() {
        return genes.map(list -> list.genes().size()).orElse(0);
    }
}
