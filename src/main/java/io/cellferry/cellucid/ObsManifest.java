package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import java.util.ArrayList;
import java.util.List;

/// `obs_manifest.json`: where each field's files are and what a reader needs to show them.
final class ObsManifest {

    private ObsManifest() {}

    static Json.Members of(ExportSettings settings, ExportContents contents) {
        List<Json> continuous = new ArrayList<>();
        List<Json> categorical = new ArrayList<>();
        for (ObsFieldEntry entry : contents.obs()) {
            List<Json> items = new ArrayList<>();
            if (settings.contract() == Contract.V0_9_1) {
                items.add(Json.whole(entry.place().position()));
            }
            items.add(Json.text(entry.place().name()));
            switch (entry) {
                case ObsFieldEntry.Continuous field -> continuous.add(withBounds(items, field));
                case ObsFieldEntry.Categorical field -> {
                    items.add(new Json.Array(field.labels()));
                    items.add(Json.text(field.codes().type()));
                    items.add(Json.whole(field.codes().missing()));
                    items.add(field.centroids());
                    categorical.add(withBounds(items, field));
                }
            }
        }
        return Json.members()
                .put("_format", "compact_v1")
                .put("n_points", contents.cells())
                .put("centroid_outlier_quantile", settings.centroidQuantileJson())
                .put("latent_key", "latent_space")
                .put("compression", settings.gzipJson())
                .put("_obsSchemas", schemas(settings, !continuous.isEmpty(), !categorical.isEmpty()))
                .put("_continuousFields", new Json.Array(continuous))
                .put("_categoricalFields", new Json.Array(categorical))
                .build();
    }

    private static Json withBounds(List<Json> items, ObsFieldEntry entry) {
        items.addAll(ManifestJson.bounds(entry.bounds()));
        return new Json.Array(items);
    }

    private static Json schemas(ExportSettings settings, boolean continuous, boolean categorical) {
        ExportPaths paths = ExportPaths.of(settings.gzipLevel());
        Quantization quantization = settings.obs();
        String stem = settings.contract().placeholder();
        Json.MembersBuilder schemas = Json.members();
        if (continuous) {
            Json.MembersBuilder schema = Json.members()
                    .put("pathPattern", paths.obsValues(stem, quantization))
                    .put("ext", quantization.extension())
                    .put("dtype", quantization.type())
                    .put("quantized", quantization.quantizes());
            if (quantization.quantizes()) {
                schema.put("quantizationBits", quantization.bits());
            }
            schemas.put("continuous", schema.build());
        }
        if (categorical) {
            schemas.put(
                    "categorical",
                    Json.members()
                            .put("codesPathPattern", paths.obsCodes(stem, "{ext}"))
                            .put("outlierPathPattern", paths.obsOutliers(stem, quantization))
                            .put("outlierExt", quantization.extension())
                            .put("outlierDtype", quantization.type())
                            .put("outlierQuantized", quantization.quantizes())
                            .build());
        }
        return schemas.build();
    }
}
