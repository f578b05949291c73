package io.cellferry.cellucid;

import java.util.List;
import java.util.OptionalLong;

/// What an export is going to hold, as far as the catalogue of its source tells; the input of [ExportForecast].
///
/// `edgesAtMost` is half of the graph's stored entries. `vectorDimensions` has one number per vector file.
public record ExportPlan(
        int cells,
        List<String> genes,
        List<Integer> embeddingDimensions,
        List<PlannedField> fields,
        List<Integer> vectorDimensions,
        OptionalLong edgesAtMost) {

    public ExportPlan {
        genes = List.copyOf(genes);
        embeddingDimensions = List.copyOf(embeddingDimensions);
        fields = List.copyOf(fields);
        vectorDimensions = List.copyOf(vectorDimensions);
    }

    /// One field; `labels` and `labelCharacters` (of all labels together) are 0 for a continuous one.
    public record PlannedField(String name, boolean categorical, int labels, long labelCharacters) {}
}
