package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Bounds;
import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.MalformedJson;
import io.cellferry.matrix.GeneRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Finds the settings and contents that an export's JSON files describe.
///
/// It believes each file about its own matters only; that they agree is seen by writing all of them again from what
/// was read. Whatever has another shape than promised is a [MalformedJson].
final class ExportReader {

    private final ExportDocuments documents;
    private final Contract contract;

    private ExportReader(ExportDocuments documents) {
        this.documents = documents;
        this.contract = documents.contract();
    }

    static ReadExport read(ExportDocuments documents) {
        ExportReader reader = new ExportReader(documents);
        return new ReadExport(reader.settings(), reader.contents());
    }

    private ExportSettings settings() {
        Json.Members identity = documents.identity();
        Json.Members options = identity.member("export_settings").asMembers();
        Json level = options.member("compression");
        Json quantile = documents.obs().member("centroid_outlier_quantile");
        return new ExportSettings(
                contract,
                quantization(options.member("var_quantization")),
                quantization(options.member("obs_continuous_quantization")),
                codes(options.member("obs_categorical_dtype").asText()),
                isNull(level) ? OptionalInt.empty() : OptionalInt.of(level.asInt()),
                isNull(quantile) ? OptionalDouble.empty() : OptionalDouble.of(quantile.asDouble()),
                1,
                MissingPolicy.MARK,
                card(identity));
    }

    private static DatasetCard card(Json.Members identity) {
        Optional<SourceReference> source = identity.find("source")
                .map(Json::asMembers)
                .map(json -> new SourceReference(
                        json.member("name").asText(),
                        json.find("url").map(Json::asText),
                        json.find("citation").map(Json::asText)));
        return new DatasetCard(
                identity.member("id").asText(),
                identity.member("name").asText(),
                identity.member("description").asText(),
                identity.member("created_at").asText(),
                source);
    }

    private ExportContents contents() {
        Json.Members stats = documents.identity().member("stats").asMembers();
        int cells = stats.member("n_cells").asInt();
        List<Integer> dimensions =
                wholes(documents.identity().member("embeddings").asMembers().member("available_dimensions"));
        List<EmbeddingFrame> frames = new ArrayList<>();
        for (int dimension : dimensions) {
            if (dimension < 1 || dimension > 3) {
                throw new MalformedJson("an embedding of %d axes".formatted(dimension));
            }
            frames.add(new EmbeddingFrame(contract, new double[dimension], 1));
        }
        if (cells < 1 || frames.isEmpty()) {
            throw new MalformedJson("an export has cells and an embedding");
        }
        Optional<Json.Members> var = documents.var();
        return new ExportContents(
                cells,
                frames,
                obs(),
                var.map(manifest -> genes(manifest, stats)),
                var.map(ExportReader::geneBounds).orElse(List.of()),
                documents.connectivity().map(ExportReader::edges),
                documents.identity().find("vector_fields").map(json -> vectors(json.asMembers())));
    }

    private List<ObsFieldEntry> obs() {
        List<String> order = documents.identity().member("obs_fields").asItems().stream()
                .map(field -> field.asMembers().member("key").asText())
                .toList();
        int skip = contract == Contract.V0_9_1 ? 1 : 0;
        List<ObsFieldEntry> entries = new ArrayList<>();
        for (Json entry : documents.obs().member("_continuousFields").asItems()) {
            List<Json> items = sized(entry, skip + 1, skip + 3);
            entries.add(new ObsFieldEntry.Continuous(place(items, order), bounds(items, skip + 1)));
        }
        for (Json entry : documents.obs().member("_categoricalFields").asItems()) {
            List<Json> items = sized(entry, skip + 5, skip + 7);
            entries.add(new ObsFieldEntry.Categorical(
                    place(items, order),
                    items.get(skip + 1).asItems(),
                    CodeType.named(items.get(skip + 2).asText()),
                    items.get(skip + 4).asMembers(),
                    bounds(items, skip + 5)));
        }
        return entries;
    }

    private ObsFieldPlace place(List<Json> items, List<String> order) {
        boolean positions = contract == Contract.V0_9_1;
        String name = items.get(positions ? 1 : 0).asText();
        int position = positions ? items.get(0).asInt() : order.indexOf(name);
        return new ObsFieldPlace(position, name, ExportPaths.stem(contract, position, name));
    }

    private GeneList genes(Json.Members manifest, Json.Members stats) {
        List<GeneList.Gene> genes = new ArrayList<>();
        int skip = contract == Contract.V0_9_1 ? 1 : 0;
        for (Json entry : manifest.member("fields").asItems()) {
            List<Json> items = sized(entry, skip + 1, skip + 3);
            String name = items.get(skip).asText();
            genes.add(new GeneList.Gene(genes.size(), name, ExportPaths.stem(contract, genes.size(), name)));
        }
        Json column = manifest.member("var_gene_id_column");
        boolean index = isNull(column) || (contract == Contract.V0_9_0 && column.equals(Json.text("index")));
        int inMatrix = contract == Contract.V0_9_0 ? stats.member("n_genes").asInt() : genes.size();
        return new GeneList(genes, index ? Optional.empty() : Optional.of(column.asText()), inMatrix);
    }

    private static List<GeneBounds> geneBounds(Json.Members manifest) {
        List<Json> fields = manifest.member("fields").asItems();
        List<Bounds> bounds = new ArrayList<>();
        for (Json field : fields) {
            List<Json> items = field.asItems();
            if (items.size() >= 3) {
                bounds(items, items.size() - 2).ifPresent(bounds::add);
            }
        }
        if (!bounds.isEmpty() && bounds.size() != fields.size()) {
            throw new MalformedJson("only %d of %d genes have bounds".formatted(bounds.size(), fields.size()));
        }
        return List.of(new GeneBounds(new GeneRange(0, fields.size()), bounds));
    }

    private static EdgeSummary edges(Json.Members manifest) {
        return new EdgeSummary(
                manifest.member("n_edges").asLong(),
                manifest.member("max_neighbors").asInt());
    }

    private VectorFields vectors(Json.Members json) {
        Map<String, Json> byId = json.member("fields").asMembers().byName();
        List<String> ids = new ArrayList<>(byId.keySet());
        if (contract == Contract.V0_9_1) {
            ids.sort(CodePoints.ORDER);
        }
        List<VectorFields.Field> fields = new ArrayList<>();
        for (String id : ids) {
            if (!id.endsWith("_umap") || id.length() == "_umap".length()) {
                throw new MalformedJson("the vector field \"%s\" belongs to no embedding".formatted(id));
            }
            Json field = json.member("fields").asMembers().member(id);
            List<Integer> dimensions = wholes(field.asMembers().member("available_dimensions"));
            if (dimensions.isEmpty()) {
                throw new MalformedJson("the vector field \"%s\" has no dimension".formatted(id));
            }
            String stem = contract == Contract.V0_9_1 ? Integer.toString(fields.size()) : id;
            fields.add(new VectorFields.Field(id, dimensions, stem));
        }
        return new VectorFields(fields, json.member("default_field").asText());
    }

    private static List<Json> sized(Json entry, int plain, int quantized) {
        List<Json> items = entry.asItems();
        if (items.size() != plain && items.size() != quantized) {
            throw new MalformedJson("an entry has %d members, not %d or %d".formatted(items.size(), plain, quantized));
        }
        return items;
    }

    private static Optional<Bounds> bounds(List<Json> items, int from) {
        return items.size() < from + 2
                ? Optional.empty()
                : Optional.of(new Bounds(
                        items.get(from).asDouble(), items.get(from + 1).asDouble()));
    }

    private static Quantization quantization(Json bits) {
        if (isNull(bits)) {
            return Quantization.NONE;
        }
        return switch (bits.asInt()) {
            case 8 -> Quantization.BITS_8;
            case 16 -> Quantization.BITS_16;
            default -> throw new MalformedJson("quantization to %d bits".formatted(bits.asInt()));
        };
    }

    private ObsCodes codes(String word) {
        for (ObsCodes codes : ObsCodes.values()) {
            if (codes.word().equals(word) && (codes != ObsCodes.AUTO || contract == Contract.V0_9_0)) {
                return codes;
            }
        }
        throw new MalformedJson("category codes of type \"%s\"".formatted(word));
    }

    private static List<Integer> wholes(Json json) {
        return json.asItems().stream().map(Json::asInt).toList();
    }

    private static boolean isNull(Json json) {
        return json instanceof Json.Nothing;
    }
}
