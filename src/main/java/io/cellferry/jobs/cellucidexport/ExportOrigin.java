package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.DuplicatePolicy;
import io.cellferry.cellucid.ExportSource;
import io.cellferry.jobs.OptionValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Which parts of its input an export was made from. Told by the manifest beside the output, under `origin`, so that
/// `verify --against` finds the same parts again, also those that were chosen unasked.
record ExportOrigin(ExportSource source, int genes, int fields) {

    private static final String KEY = "origin";
    private static final JsonMapper JSON = JsonMapper.shared();

    static ExportOrigin of(ExportPlan plan, OptionValues options) {
        Map<Integer, String> embeddings = new LinkedHashMap<>();
        plan.embeddings().forEach(embedded -> embeddings.put(embedded.dimension(), embedded.path()));
        Map<String, String> vectors = new LinkedHashMap<>();
        plan.vectors()
                .forEach(vector -> vectors.put("%s_%dd".formatted(vector.id(), vector.dimension()), vector.path()));
        return new ExportOrigin(
                new ExportSource(
                        plan.genes().map(ExportPlan.Genes::matrix),
                        options.word("on-duplicate-genes").equals("suffix")
                                ? DuplicatePolicy.SUFFIX
                                : DuplicatePolicy.REFUSE,
                        embeddings,
                        plan.latent(),
                        plan.graph().map(ExportPlan.Graph::path),
                        vectors,
                        Integer.parseInt(options.word("centroid-min-points"))),
                plan.genes().map(genes -> genes.list().genes().size()).orElse(0),
                plan.obs().size());
    }

    void into(Map<String, Object> details) {
        details.put(KEY, this);
    }

    /// Empty when `details` are those of something else.
    static Optional<ExportOrigin> in(Map<String, Object> details) {
        Object told = details.get(KEY);
        if (told == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.convertValue(told, ExportOrigin.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
