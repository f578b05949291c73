package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import io.cellferry.matrix.GeneRange;
import io.cellferry.storage.PlainUnit;
import io.cellferry.storage.UnitWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Writes the export of a recipe as the job does: section by section, every result through its JSON.
final class RecipeExport {

    private RecipeExport() {}

    static ExportSettings settings(Recipe recipe, Contract contract, MissingPolicy missing) {
        Json.Members json = recipe.settings();
        Optional<SourceReference> source = text(json, "sourceName")
                .map(name -> new SourceReference(name, text(json, "sourceUrl"), text(json, "sourceCitation")));
        return new ExportSettings(
                contract,
                quantization(json, "quantizeGenes"),
                quantization(json, "quantizeObs"),
                ObsCodes.valueOf(json.member("codes").asText().toUpperCase(java.util.Locale.ROOT)),
                Recipe.present(json, "gzip")
                        .map(level -> OptionalInt.of(level.asInt()))
                        .orElse(OptionalInt.empty()),
                Recipe.present(json, "quantile")
                        .map(quantile -> OptionalDouble.of(quantile.asDouble()))
                        .orElse(OptionalDouble.empty()),
                json.member("minPoints").asInt(),
                missing,
                new DatasetCard(
                        json.member("id").asText(),
                        json.member("title").asText(),
                        text(json, "description").orElse(""),
                        "2026-01-01T00:00:00Z",
                        source));
    }

    static ExportSettings settings(Recipe recipe) {
        return settings(recipe, Contract.V0_9_1, MissingPolicy.REFUSE);
    }

    private static Optional<String> text(Json.Members json, String name) {
        return Recipe.present(json, name).map(Json::asText);
    }

    private static Quantization quantization(Json.Members json, String name) {
        return Recipe.present(json, name)
                .map(bits -> Quantization.valueOf("BITS_" + bits.asInt()))
                .orElse(Quantization.NONE);
    }

    static void write(Recipe recipe, ExportSettings settings, Path folder) {
        RecipeDataset dataset = new RecipeDataset(recipe);
        try (UnitWriter unit = new PlainUnit(folder, folder)) {
            List<Embedding> embeddings = new ArrayList<>();
            for (Json.Members embedding : recipe.list("embeddings")) {
                String path = "embedding/" + embedding.member("axes").asInt();
                EmbeddingFrame frame = new EmbeddingWriter(settings).write(path, dataset.table(path), unit);
                embeddings.add(new Embedding(EmbeddingFrame.fromJson(frame.toJson()), dataset.table(path)));
            }
            LatentSpace latent = new LatentSpace(settings.contract(), "latent", dataset.table("latent"));
            TableBlocks.visit(latent, (cells, numbers) -> {});
            Optional<VectorFields> vectors = vectors(recipe, settings, dataset, embeddings, unit);
            List<ObsFieldEntry> obs = obs(recipe, settings, dataset, embeddings, unit);
            Optional<GeneList> genes = recipe.genes().map(names -> geneList(recipe, settings, dataset));
            List<GeneBounds> bounds = genes.map(list -> genes(recipe, settings, dataset, list, unit))
                    .orElse(List.of());
            Optional<EdgeSummary> edges = recipe.graph().map(shape -> {
                RecipeMatrix graph = dataset.graph();
                boolean dense = shape.member("layout").asText().equals("dense");
                NeighbourGraph both =
                        new NeighbourGraph("obsp/connectivities", graph.rows(), graph, dense, OptionalLong.empty());
                return EdgeSummary.fromJson(
                        new EdgeWriter(settings).write(both, unit).toJson());
            });
            List<EmbeddingFrame> frames =
                    embeddings.stream().map(Embedding::frame).toList();
            Manifests.write(
                    settings, new ExportContents(recipe.cells(), frames, obs, genes, bounds, edges, vectors), unit);
        }
    }

    private static Optional<VectorFields> vectors(
            Recipe recipe,
            ExportSettings settings,
            RecipeDataset dataset,
            List<Embedding> embeddings,
            UnitWriter unit) {
        List<Json.Members> vectors = recipe.list("vectors");
        if (vectors.isEmpty()) {
            return Optional.empty();
        }
        List<String> keys = vectors.stream()
                .map(vector -> vector.member("id").asText() + "_"
                        + vector.member("axes").asInt() + "d")
                .toList();
        VectorFields fields = VectorFields.of(
                settings.contract(),
                keys,
                text(recipe.settings(), "defaultVector"),
                embeddings.stream().map(e -> e.frame().dimension()).toList());
        for (VectorFields.Field field : fields.fields()) {
            for (int dimension : field.dimensions()) {
                String path = "vector/" + keys.indexOf(field.id() + "_" + dimension + "d");
                EmbeddingFrame frame = embeddings.stream()
                        .map(Embedding::frame)
                        .filter(f -> f.dimension() == dimension)
                        .findFirst()
                        .orElseThrow();
                new VectorWriter(settings).write(field, frame, path, dataset.table(path), unit);
            }
        }
        return Optional.of(fields);
    }

    private static List<ObsFieldEntry> obs(
            Recipe recipe,
            ExportSettings settings,
            RecipeDataset dataset,
            List<Embedding> embeddings,
            UnitWriter unit) {
        List<String> names = recipe.list("obs").stream()
                .map(column -> column.member("name").asText())
                .toList();
        int mostLabels = names.stream()
                .mapToInt(name -> ObsFieldWriter.labels(dataset.obsColumn(name)))
                .max()
                .orElse(0);
        List<ObsFieldEntry> entries = new ArrayList<>();
        try (ObsFieldWriter writer = new ObsFieldWriter(settings, embeddings, dataset.table("latent"), mostLabels)) {
            for (ObsFieldPlace place : ObsFieldPlace.of(settings.contract(), names)) {
                ObsFieldEntry entry = writer.write(place, dataset.obsColumn(place.name()), unit);
                entries.add(ObsFieldEntry.fromJson(entry.toJson()));
            }
        }
        return entries;
    }

    static GeneList geneList(Recipe recipe, ExportSettings settings, RecipeDataset dataset) {
        Optional<List<String>> wanted = Recipe.present(recipe.settings(), "wanted")
                .map(names -> names.asItems().stream().map(Json::asText).toList());
        return GeneList.choose(
                settings.contract(),
                dataset.geneNames("X", text(recipe.settings(), "geneColumn")),
                wanted,
                DuplicatePolicy.REFUSE);
    }

    private static List<GeneBounds> genes(
            Recipe recipe, ExportSettings settings, RecipeDataset dataset, GeneList genes, UnitWriter unit) {
        boolean dense = recipe.matrix().member("layout").asText().equals("dense");
        RecipeMatrix columns = dataset.matrix().picked(genes.placesInMatrix());
        List<GeneBounds> bounds = new ArrayList<>();
        try (GeneFileWriter writer = new GeneFileWriter(settings, genes, recipe.cells(), dense)) {
            int all = genes.genes().size();
            int middle = all / 2;
            for (GeneRange range : List.of(new GeneRange(0, middle), new GeneRange(middle, all))) {
                bounds.add(
                        GeneBounds.fromJson(writer.write(columns, range, unit).toJson()));
            }
        }
        return bounds;
    }
}
