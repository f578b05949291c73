package io.cellferry.jobs.cellucidexport;

import io.cellferry.jobs.ChosenPart;
import io.cellferry.jobs.OptionRule;
import java.util.List;
import java.util.stream.Stream;

/// What a request for a Cellucid export may say. Names and standard values are published: they stand in job files and
/// run ids.
final class CellucidExportRules {

    static final String NONE = "none";
    static final String AUTO = "auto";

    static final List<OptionRule> ALL =
            Stream.of(own(), VariableGenes.rules()).flatMap(List::stream).toList();

    private static List<OptionRule> own() {
        return List.of(
                OptionRule.choice(
                        "contract",
                        "0.9.1",
                        "Version of the export format; 0.9.0 for viewers of January 2026.",
                        "0.9.1",
                        "0.9.0"),
                OptionRule.text(
                        "matrix",
                        "Expression matrix: X, raw/X, layers/NAME, or none to export no genes. Default: X where there is one."),
                ChosenPart.MEASUREMENT_RULE,
                ChosenPart.LAYER_RULE,
                OptionRule.texts(
                        "embedding",
                        "Embedding as DIMENSIONS=PATH, such as 2d=obsm/X_umap. Repeatable. Default: found by name and shape."),
                OptionRule.text(
                        "latent",
                        "Latent space for outlier ranks. Default: obsm/X_pca, else obsm/X_scVI, else the widest."),
                OptionRule.texts(
                        "obs-keys", "Cell annotations to export, comma-separated, in this order. Default: all."),
                OptionRule.texts(
                        "genes",
                        "Genes to export: a file with one name a line, names separated by commas, or hvg:N for the N most variable ones. Default: all."),
                OptionRule.text("gene-ids", "Gene names: index, or a column of var.")
                        .standard("index"),
                OptionRule.choice("quantize-genes", NONE, "Bits of a gene value.", "8", "16", NONE),
                OptionRule.choice(
                        "quantize-obs", NONE, "Bits of a numeric annotation and of outlier ranks.", "8", "16", NONE),
                OptionRule.choice("obs-codes", AUTO, "Type of category codes.", AUTO, "uint8", "uint16"),
                OptionRule.whole(
                        "gzip",
                        NONE,
                        1,
                        9,
                        "Compress payloads at this level. 9 makes genes smallest, and takes many times longer.",
                        NONE),
                OptionRule.text(
                                "connectivities",
                                "Neighbour graph: obsp/NAME, auto (obsp/connectivities if present) or none.")
                        .standard(AUTO),
                OptionRule.texts("vectors", "Vector fields: auto, none, or obsm keys.")
                        .standard(AUTO),
                OptionRule.text("vector-default", "The vector field shown first. Needed when there are several."),
                OptionRule.decimal(
                        "centroid-quantile",
                        "0.95",
                        0.5,
                        1,
                        "Cells beyond this distance quantile leave a label's centre alone.",
                        NONE),
                OptionRule.whole(
                        "centroid-min-points", "10", 1, Integer.MAX_VALUE, "Smaller categories get no label centre."),
                OptionRule.text("dataset-id", "Id of the data set. Default: the name of the output folder."),
                OptionRule.text("dataset-name", "Name shown to people. Default: the id."),
                OptionRule.text("description", "Description shown to people."),
                OptionRule.text(
                        "created-at", "Creation time, YYYY-MM-DDTHH:MM:SSZ. Default: when the run first started."),
                OptionRule.text("source-name", "Where the data came from."),
                OptionRule.text("source-url", "Address of the source."),
                OptionRule.text("source-citation", "How to cite the source."),
                OptionRule.choice(
                        "on-missing", "refuse", "Missing numbers in genes and annotations.", "refuse", "mark"),
                OptionRule.choice("on-duplicate-genes", "refuse", "Gene names that repeat.", "refuse", "suffix"));
    }

    private CellucidExportRules() {}
}
