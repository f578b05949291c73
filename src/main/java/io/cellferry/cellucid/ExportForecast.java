package io.cellferry.cellucid;

import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import java.util.ArrayList;
import java.util.List;

/// What an export will cost and everything that speaks against it, before the first byte is written.
///
/// `files` is exact, and so are `geneBytes` and `otherBytes` of decompressed payloads, but for edges, of which at most
/// so many exist. `jsonBytes` is an upper estimate. What is certain to fail is a refusal; what depends on the data is a
/// warning.
public record ExportForecast(List<Problem> problems, long files, long geneBytes, long otherBytes, long jsonBytes) {

    // The widest JSON float has 24 characters; with separators 26.
    private static final int FLOAT_CHARACTERS = 26;
    private static final int FIELD_CHARACTERS = 64;
    // {"category": , "position": [], "n_points": 1234567}, and the separator.
    private static final int CENTROID_CHARACTERS = 52;
    private static final int IDENTITY_CHARACTERS = 2048;

    public ExportForecast {
        problems = List.copyOf(problems);
    }

    public static ExportForecast of(ExportSettings settings, ExportPlan plan) {
        List<Problem> problems = new ArrayList<>();
        checkLabels(settings, plan, problems);
        checkPayloads(settings, plan, problems);
        long edgeBytes = edgeBytes(settings, plan, problems);
        long geneBytes = Math.multiplyExact(
                (long) plan.cells(),
                (long) settings.genes().bytes() * plan.genes().size());
        long obsJson = obsManifestCharacters(settings, plan);
        long varJson = plan.genes().isEmpty() ? 0 : varManifestCharacters(settings, plan);
        warnOfJson(ExportPaths.OBS_MANIFEST, obsJson, "Leave fields with many labels out with --obs-keys.", problems);
        warnOfJson(ExportPaths.VAR_MANIFEST, varJson, "Export fewer genes with --genes.", problems);
        long obsBytes = 0;
        for (ExportPlan.PlannedField field : plan.fields()) {
            obsBytes += (long) plan.cells() * fieldBytes(settings, plan, field);
        }
        long tables = plan.embeddingDimensions().stream().mapToLong(d -> d).sum()
                + plan.vectorDimensions().stream().mapToLong(d -> d).sum();
        long otherBytes = obsBytes + tables * 4 * plan.cells() + edgeBytes;
        return new ExportForecast(
                problems, files(settings, plan), geneBytes, otherBytes, obsJson + varJson + IDENTITY_CHARACTERS);
    }

    public long payloadBytes() {
        return geneBytes + otherBytes;
    }

    /// Bytes on disk when genes shrink to `geneRatio` of their size and everything else to `otherRatio`: ratios the
    /// caller measured on a sample, 1 without compression.
    public long bytesOnDisk(double geneRatio, double otherRatio) {
        return jsonBytes + Math.round(geneBytes * geneRatio) + Math.round(otherBytes * otherRatio);
    }

    private static void checkLabels(ExportSettings settings, ExportPlan plan, List<Problem> problems) {
        int most = mostLabels(plan);
        for (ExportPlan.PlannedField field : plan.fields()) {
            try {
                settings.obsCodes().resolve(settings.contract(), field.name(), field.labels(), most);
            } catch (Refusal refusal) {
                problems.add(Problem.refusal(
                        "cellucid.labels.many",
                        "obs/" + field.name(),
                        String.valueOf(refusal.getMessage()),
                        refusal.remedy()));
            }
        }
    }

    /// Lists the payloads of certain size that the viewer does not take.
    private static void checkPayloads(ExportSettings settings, ExportPlan plan, List<Problem> problems) {
        for (int dimension : plan.embeddingDimensions()) {
            checkPayload("points_%dd.bin".formatted(dimension), 4L * dimension, plan, problems);
        }
        if (!plan.genes().isEmpty()) {
            checkPayload("each gene", settings.genes().bytes(), plan, problems);
        }
        if (!plan.fields().isEmpty()) {
            checkPayload("each obs field", settings.obs().bytes(), plan, problems);
        }
        if (plan.embeddingDimensions().isEmpty()) {
            problems.add(Problem.refusal(
                    "cellucid.embedding.missing",
                    "obsm",
                    "An export needs an embedding of one, two or three columns; none is named.",
                    "Name one with --embedding 2d=obsm/X_umap."));
        }
    }

    private static void checkPayload(String what, long cellBytes, ExportPlan plan, List<Problem> problems) {
        long bytes = cellBytes * plan.cells();
        if (bytes > ViewerLimits.PAYLOAD_BYTES) {
            problems.add(Problem.refusal(
                    "cellucid.limit.payload",
                    what,
                    "The viewer takes files of at most %,d bytes; %,d cells make %,d."
                            .formatted(ViewerLimits.PAYLOAD_BYTES, plan.cells(), bytes),
                    "Quantize (--quantize-genes 8, --quantize-obs 8), choose an embedding with fewer axes, or export"
                            + " fewer cells."));
        }
    }

    private static long edgeBytes(ExportSettings settings, ExportPlan plan, List<Problem> problems) {
        if (plan.edgesAtMost().isEmpty()) {
            return 0;
        }
        long edges = plan.edgesAtMost().getAsLong();
        EdgeIndex index = EdgeIndex.of(settings.contract(), plan.cells());
        if (ViewerLimits.edgeWorkingBytes(index, plan.cells(), edges) > ViewerLimits.EDGE_WORKING_BYTES) {
            problems.add(Problem.warning(
                    "cellucid.limit.edges",
                    "connectivity",
                    "The viewer takes about %,d edges between %,d cells; the graph has up to %,d."
                            .formatted(ViewerLimits.mostEdges(index, plan.cells()), plan.cells(), edges),
                    "Use --connectivities none, or a graph with fewer neighbours per cell."));
        }
        int weight = settings.contract() == Contract.V0_9_1 ? 8 : 0;
        return edges * (2L * index.bytes() + weight);
    }

    private static int fieldBytes(ExportSettings settings, ExportPlan plan, ExportPlan.PlannedField field) {
        if (!field.categorical()) {
            return settings.obs().bytes();
        }
        int deciding = settings.contract() == Contract.V0_9_1 ? mostLabels(plan) : field.labels();
        boolean oneByte =
                switch (settings.obsCodes()) {
                    case UINT8 -> true;
                    case UINT16 -> false;
                    case AUTO -> deciding <= ObsCodes.inOneByte(settings.contract());
                };
        return settings.obs().bytes() + (oneByte ? CodeType.UINT8 : CodeType.UINT16).bytes();
    }

    private static int mostLabels(ExportPlan plan) {
        return plan.fields().stream()
                .mapToInt(ExportPlan.PlannedField::labels)
                .max()
                .orElse(0);
    }

    private static long files(ExportSettings settings, ExportPlan plan) {
        long files =
                2 + plan.embeddingDimensions().size() + plan.vectorDimensions().size();
        for (ExportPlan.PlannedField field : plan.fields()) {
            files += field.categorical() ? 2 : 1;
        }
        files += plan.genes().isEmpty() ? 0 : 1 + plan.genes().size();
        int edgeFiles = settings.contract() == Contract.V0_9_1 ? 4 : 3;
        return files + (plan.edgesAtMost().isPresent() ? edgeFiles : 0);
    }

    private static long obsManifestCharacters(ExportSettings settings, ExportPlan plan) {
        long characters = IDENTITY_CHARACTERS;
        long axes = plan.embeddingDimensions().stream().mapToLong(d -> d).sum();
        for (ExportPlan.PlannedField field : plan.fields()) {
            characters += FIELD_CHARACTERS + escaped(field.name()) + 2 * FLOAT_CHARACTERS;
            long texts = field.labelCharacters() + 4L * field.labels();
            characters += texts;
            if (settings.centroidQuantile().isPresent()) {
                int embeddings = plan.embeddingDimensions().size();
                characters += embeddings * (texts + (long) CENTROID_CHARACTERS * field.labels());
                characters += axes * FLOAT_CHARACTERS * field.labels();
            }
        }
        return characters;
    }

    private static long varManifestCharacters(ExportSettings settings, ExportPlan plan) {
        // [123456, "name", low, high], and the separator.
        int entry = 14 + (settings.genes().quantizes() ? 2 * FLOAT_CHARACTERS : 0);
        long characters = IDENTITY_CHARACTERS;
        for (String gene : plan.genes()) {
            characters += entry + escaped(gene);
        }
        return characters;
    }

    private static long escaped(String text) {
        long characters = 0;
        for (int i = 0; i < text.length(); i++) {
            characters += text.charAt(i) < 0x7f ? 1 : "\\u0000".length();
        }
        return characters;
    }

    private static void warnOfJson(String file, long characters, String remedy, List<Problem> problems) {
        if (characters > ViewerLimits.JSON_BYTES) {
            problems.add(Problem.warning(
                    "cellucid.limit.json",
                    file,
                    "The viewer takes JSON files of at most %,d bytes; this one may have up to %,d."
                            .formatted(ViewerLimits.JSON_BYTES, characters),
                    remedy));
        }
    }
}
