package io.cellferry.jobs.variablegenes;

import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.OptionRule;
import java.util.List;

/// What a request for highly variable genes may say. Names and standard values are published: they stand in job files
/// and run ids.
public final class HvgRules {

    static final String NONE = "none";
    static final String AUTO = "auto";
    static final String MEDIAN = "median";
    private static final double MOST = 1e308;

    public static final List<OptionRule> ALL = List.of(
            OptionRule.choice(
                    "flavor",
                    "seurat",
                    "How genes are scored, as in scanpy. seurat and cell_ranger go by log-normalised values, the others"
                            + " by counts.",
                    "seurat",
                    "cell_ranger",
                    "seurat_v3",
                    "seurat_v3_paper",
                    "pearson_residuals"),
            OptionRule.whole(
                    "top",
                    AUTO,
                    1,
                    Integer.MAX_VALUE,
                    "Genes to choose. auto: by the bounds below (seurat, cell_ranger), 2000 (seurat_v3), 1000"
                            + " (pearson_residuals).",
                    AUTO),
            OptionRule.text(
                    "batch-key", "Annotation that says to which batch a cell belongs; genes are scored by batch."),
            OptionRule.text("matrix", "Matrix to read: X, raw/X or layers/NAME.")
                    .standard("X"),
            ChosenPart.MEASUREMENT_RULE,
            ChosenPart.LAYER_RULE,
            OptionRule.text("gene-names", "Column of var with the names of genes. Default: the index."),
            OptionRule.choice(
                    "log-normalize",
                    NONE,
                    "Score counts as if they were log-normalised first, to this total"
                            + " of a cell. 1e4 is what most pipelines take.",
                    NONE,
                    MEDIAN,
                    "1e4",
                    "1e6"),
            OptionRule.decimal("min-mean", "0.0125", -MOST, MOST, "Least mean (seurat, cell_ranger without --top)."),
            OptionRule.decimal("max-mean", "3", -MOST, MOST, "Largest mean."),
            OptionRule.decimal("min-dispersion", "0.5", -MOST, MOST, "Least normalised dispersion."),
            OptionRule.decimal("max-dispersion", NONE, -MOST, MOST, "Largest normalised dispersion.", NONE),
            OptionRule.whole("bins", "20", 2, 1000, "Bins of means within which dispersions are compared (seurat)."),
            OptionRule.decimal("span", "0.3", 1e-6, 1, "Share of the genes that a fit looks at (seurat_v3)."),
            OptionRule.decimal("theta", "100", 1e-9, MOST, "Overdispersion (pearson_residuals)."),
            OptionRule.decimal(
                    "clip",
                    AUTO,
                    1e-9,
                    MOST,
                    "Where residuals are clipped. auto: the root of the number of" + " cells.",
                    AUTO),
            OptionRule.flag(
                    "any-values",
                    "Take the values as they are: no counts where a flavour wants counts, negative or not logged ones where it"
                            + " wants logarithms."));

    private HvgRules() {}
}
