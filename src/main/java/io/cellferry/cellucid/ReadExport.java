package io.cellferry.cellucid;

import java.util.ArrayList;
import java.util.List;

/// An export as its JSON files tell it: the settings and the contents from which they could be written again.
record ReadExport(ExportSettings settings, ExportContents contents) {

    /// A payload the manifests promise, and what every number of it has to be.
    record Declared(String path, long count, PayloadRule rule) {}

    /// All payloads but the edges, whose files have to be read in step.
    List<Declared> payloads() {
        ExportPaths paths = ExportPaths.of(settings.gzipLevel());
        long cells = contents.cells();
        List<Declared> declared = new ArrayList<>();
        for (EmbeddingFrame frame : contents.embeddings()) {
            declared.add(new Declared(
                    paths.points(frame.dimension()), cells * frame.dimension(), PayloadRule.FINITE_FLOATS));
        }
        contents.vectors().ifPresent(vectors -> vectors.fields().forEach(field -> field.dimensions()
                .forEach(dimension -> declared.add(new Declared(
                        paths.vectors(field.stem(), dimension), cells * dimension, PayloadRule.FINITE_FLOATS)))));
        for (ObsFieldEntry field : contents.obs()) {
            String stem = field.place().stem();
            switch (field) {
                case ObsFieldEntry.Continuous numbers ->
                    declared.add(new Declared(
                            paths.obsValues(stem, settings.obs()),
                            cells,
                            PayloadRule.values(settings, settings.obs())));
                case ObsFieldEntry.Categorical categories -> {
                    declared.add(new Declared(
                            paths.obsCodes(stem, categories.codes().extension()),
                            cells,
                            PayloadRule.codes(
                                    categories.codes(), categories.labels().size())));
                    declared.add(new Declared(
                            paths.obsOutliers(stem, settings.obs()), cells, PayloadRule.ranks(settings.obs())));
                }
            }
        }
        contents.genes().ifPresent(genes -> genes.genes()
                .forEach(gene -> declared.add(
                        new Declared(paths.gene(gene.stem(), settings.genes()), cells, PayloadRule.genes(settings)))));
        return declared;
    }

    List<String> edgePaths() {
        if (contents.edges().isEmpty()) {
            return List.of();
        }
        ExportPaths paths = ExportPaths.of(settings.gzipLevel());
        return switch (settings.contract()) {
            case V0_9_1 -> List.of(paths.edgeSources(), paths.edgeDestinations(), paths.edgeWeights());
            case V0_9_0 -> List.of(paths.edgeSources(), paths.edgeDestinations());
        };
    }
}
