package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Bounds;
import io.cellferry.cellucid.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `var_manifest.json`: the exported genes in order, with their bounds when quantized.
final class VarManifest {

    private VarManifest() {}

    static Json.Members of(ExportSettings settings, ExportContents contents) {
        GeneList genes = contents.genes().orElseThrow();
        List<Json> fields = new ArrayList<>(genes.genes().size());
        for (GeneBounds part : contents.geneBounds()) {
            for (int gene = part.range().from(); gene < part.range().to(); gene++) {
                Optional<Bounds> bounds = part.bounds().isEmpty()
                        ? Optional.empty()
                        : Optional.of(part.bounds().get(gene - part.range().from()));
                fields.add(
                        entry(settings.contract(), gene, genes.genes().get(gene).name(), bounds));
            }
        }
        Json column =
                switch (settings.contract()) {
                    case V0_9_1 -> ManifestJson.textOrNull(genes.column());
                    case V0_9_0 -> Json.text(genes.column().orElse("index"));
                };
        return Json.members()
                .put("_format", "compact_v1")
                .put("n_points", contents.cells())
                .put("var_gene_id_column", column)
                .put("compression", settings.gzipJson())
                .put("quantization", settings.genes().toJson())
                .put("_varSchema", schema(settings))
                .put("fields", new Json.Array(fields))
                .build();
    }

    private static Json entry(Contract contract, int position, String name, Optional<Bounds> bounds) {
        List<Json> items = new ArrayList<>(4);
        if (contract == Contract.V0_9_1) {
            items.add(Json.whole(position));
        }
        items.add(Json.text(name));
        items.addAll(ManifestJson.bounds(bounds));
        return new Json.Array(items);
    }

    private static Json schema(ExportSettings settings) {
        Quantization quantization = settings.genes();
        ExportPaths paths = ExportPaths.of(settings.gzipLevel());
        Json.MembersBuilder schema = Json.members()
                .put("kind", "continuous")
                .put("pathPattern", paths.gene(settings.contract().placeholder(), quantization))
                .put("ext", quantization.extension())
                .put("dtype", quantization.type())
                .put("quantized", quantization.quantizes());
        if (quantization.quantizes()) {
            schema.put("quantizationBits", quantization.bits());
        }
        return schema.build();
    }
}
