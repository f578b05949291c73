package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `dataset_identity.json`: what the data set is, what the folder holds and how it was written.
final class DatasetIdentity {

    private DatasetIdentity() {}

    static Json.Members of(ExportSettings settings, ExportContents contents) {
        DatasetCard card = settings.card();
        Json.MembersBuilder identity = Json.members()
                .put("version", 2)
                .put("id", card.id())
                .put("name", card.name())
                .put("description", card.description())
                .put("created_at", card.createdAt())
                .put("cellucid_data_version", settings.contract().version())
                .put("stats", stats(settings, contents))
                .put("embeddings", embeddings(settings, contents))
                .put("obs_fields", new Json.Array(obsFields(settings, contents)))
                .put("export_settings", exportSettings(settings, contents));
        card.source().ifPresent(source -> identity.put("source", source(source)));
        contents.vectors().ifPresent(vectors -> identity.put("vector_fields", vectors(settings, vectors)));
        return identity.build();
    }

    private static Json stats(ExportSettings settings, ExportContents contents) {
        long categorical = contents.obs().stream()
                .filter(ObsFieldEntry.Categorical.class::isInstance)
                .count();
        int genes =
                switch (settings.contract()) {
                    case V0_9_1 -> contents.exportedGenes();
                    case V0_9_0 -> contents.genes().map(GeneList::matrixGenes).orElse(0);
                };
        Optional<EdgeSummary> edges = contents.edges();
        return Json.members()
                .put("n_cells", contents.cells())
                .put("n_genes", genes)
                .put("n_obs_fields", contents.obs().size())
                .put("n_categorical_fields", categorical)
                .put("n_continuous_fields", contents.obs().size() - categorical)
                .put("has_connectivity", edges.isPresent())
                .put(
                        "n_edges",
                        edges.map(summary -> Json.whole(summary.edges())).orElse(Json.NOTHING))
                .build();
    }

    private static Json embeddings(ExportSettings settings, ExportContents contents) {
        ExportPaths paths = ExportPaths.of(settings.gzipLevel());
        List<Integer> dimensions =
                contents.embeddings().stream().map(EmbeddingFrame::dimension).toList();
        Json.MembersBuilder files = Json.members();
        dimensions.forEach(dimension -> files.put(dimension + "d", paths.points(dimension)));
        return Json.members()
                .put("available_dimensions", wholes(dimensions))
                .put("default_dimension", dimensions.getLast())
                .put("files", files.build())
                .build();
    }

    private static List<Json> obsFields(ExportSettings settings, ExportContents contents) {
        List<Json> continuous = new ArrayList<>();
        List<Json> categorical = new ArrayList<>();
        List<Json> inOrder = new ArrayList<>();
        for (ObsFieldEntry entry : contents.obs()) {
            Json.MembersBuilder field = Json.members().put("key", entry.place().name());
            Json json =
                    switch (entry) {
                        case ObsFieldEntry.Continuous numbers ->
                            field.put("kind", "continuous").build();
                        case ObsFieldEntry.Categorical categories ->
                            field.put("kind", "category")
                                    .put("n_categories", categories.labels().size())
                                    .build();
                    };
            inOrder.add(json);
            (entry instanceof ObsFieldEntry.Continuous ? continuous : categorical).add(json);
        }
        continuous.addAll(categorical);
        return switch (settings.contract()) {
            case V0_9_1 -> continuous;
            case V0_9_0 -> inOrder;
        };
    }

    private static Json exportSettings(ExportSettings settings, ExportContents contents) {
        String codes =
                switch (settings.contract()) {
                    case V0_9_0 -> settings.obsCodes().word();
                    case V0_9_1 -> commonCodes(settings, contents).type();
                };
        return Json.members()
                .put("compression", settings.gzipJson())
                .put("var_quantization", settings.genes().toJson())
                .put("obs_continuous_quantization", settings.obs().toJson())
                .put("obs_categorical_dtype", codes)
                .build();
    }

    /// The one code type of all fields; what the request leads to when there is no categorical field.
    private static CodeType commonCodes(ExportSettings settings, ExportContents contents) {
        List<CodeType> types = contents.obs().stream()
                .filter(ObsFieldEntry.Categorical.class::isInstance)
                .map(entry -> ((ObsFieldEntry.Categorical) entry).codes())
                .distinct()
                .toList();
        return types.isEmpty() ? settings.obsCodes().resolve(settings.contract(), "", 0, 0) : types.getFirst();
    }

    private static Json source(SourceReference source) {
        Json.MembersBuilder json = Json.members().put("name", source.name());
        source.url().ifPresent(url -> json.put("url", url));
        source.citation().ifPresent(citation -> json.put("citation", citation));
        return json.build();
    }

    private static Json vectors(ExportSettings settings, VectorFields vectors) {
        ExportPaths paths = ExportPaths.of(settings.gzipLevel());
        Json.MembersBuilder fields = Json.members();
        for (VectorFields.Field field : vectors.fields()) {
            Json.MembersBuilder files = Json.members();
            field.dimensions().forEach(dimension -> files.put(dimension + "d", paths.vectors(field.stem(), dimension)));
            fields.put(
                    field.id(),
                    Json.members()
                            .put("label", label(settings.contract(), field.id()))
                            .put("available_dimensions", wholes(field.dimensions()))
                            .put("default_dimension", VectorFields.highest(field.dimensions()))
                            .put("files", files.build())
                            .put("basis", "umap")
                            .build());
        }
        return Json.members()
                .put("default_field", vectors.defaultField())
                .put("fields", fields.build())
                .build();
    }

    /// `velocity_umap` as a reader of the contract shows it.
    private static String label(Contract contract, String id) {
        return switch (contract) {
            case V0_9_1 -> id;
            case V0_9_0 -> {
                String words = id.substring(0, id.length() - "_umap".length()).replace('_', ' ');
                int first = words.codePointAt(0);
                yield Character.toString(Character.toUpperCase(first))
                        + words.substring(Character.charCount(first))
                        + " (UMAP)";
            }
        };
    }

    private static Json wholes(List<Integer> numbers) {
        return new Json.Array(numbers.stream().map(number -> Json.whole(number)).toList());
    }
}
