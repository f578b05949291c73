package io.cellferry.hvg;

import java.util.Arrays;
import java.util.Optional;

/// The ways to score genes, under scanpy's names.
public enum Flavor {
    /// Dispersion of unlogged values in bins of equal width; needs log-normalised data.
    SEURAT("seurat"),
    /// Dispersion of the log values themselves in bins of equal numbers of genes; needs log-normalised data.
    CELL_RANGER("cell_ranger"),
    /// Variance of clipped, standardised counts; the median rank over batches decides first.
    SEURAT_V3("seurat_v3"),
    /// The same scores; the number of batches in which a gene is on top decides first.
    SEURAT_V3_PAPER("seurat_v3_paper"),
    /// Variance of clipped analytic Pearson residuals of counts.
    PEARSON_RESIDUALS("pearson_residuals");

    private final String word;

    Flavor(String word) {
        this.word = word;
    }

    /// As scanpy and job files write it.
    public String word() {
        return word;
    }

    public static Optional<Flavor> of(String word) {
        return Arrays.stream(values())
                .filter(flavor -> flavor.word.equals(word))
                .findFirst();
    }

    /// Whether the method is defined for counts; the others want log-normalised values.
    public boolean wantsCounts() {
        return switch (this) {
            case SEURAT, CELL_RANGER -> false;
            case SEURAT_V3, SEURAT_V3_PAPER, PEARSON_RESIDUALS -> true;
        };
    }

    /// Whether genes are compared with a fit of variance on mean.
    public boolean fits() {
        return this == SEURAT_V3 || this == SEURAT_V3_PAPER;
    }
}
