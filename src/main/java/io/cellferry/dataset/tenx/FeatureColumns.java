package io.cellferry.dataset.tenx;

import io.cellferry.dataset.columns.ColumnKinds;
import io.cellferry.dataset.columns.ColumnValues;
import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.columns.FrameRows;
import io.cellferry.dataset.columns.StoredColumn;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The columns that describe genes, under the names of Cell Ranger 3 whatever version wrote them: `id`, `name`,
/// `feature_type`, `genome`, then whatever else there is one of per feature.
record FeatureColumns(String where, Map<String, TreeArray> arrays) {

    private static final String INDEX = "id";
    private static final List<String> FIRST = List.of(INDEX, "name", "feature_type", "genome");

    /// Names of further columns, not a column.
    private static final String TAG_KEYS = "_all_tag_keys";

    static FeatureColumns ofVersion3(TreeGroup matrix) {
        Optional<TreeGroup> features = matrix.group("features");
        Map<String, TreeArray> arrays = new LinkedHashMap<>();
        features.ifPresent(group -> {
            FIRST.forEach(name -> group.array(name).ifPresent(array -> arrays.put(name, array)));
            group.childNames().stream()
                    .filter(name -> !FIRST.contains(name) && !name.equals(TAG_KEYS))
                    .forEach(name -> group.array(name).ifPresent(array -> arrays.put(name, array)));
        });
        return new FeatureColumns(matrix.path() + "/features", arrays);
    }

    static FeatureColumns ofVersion2(TreeGroup genome) {
        Map<String, TreeArray> arrays = new LinkedHashMap<>();
        genome.array("genes").ifPresent(array -> arrays.put(INDEX, array));
        genome.array("gene_names").ifPresent(array -> arrays.put("name", array));
        return new FeatureColumns(genome.path() + "/genes", arrays);
    }

    Frame frame(Path file) {
        List<StoredColumn> columns = new ArrayList<>();
        arrays.forEach((name, array) ->
                columns.add(ColumnKinds.plain(name, new ColumnValues.OfArray(array), name.equals(INDEX))));
        if (arrays.containsKey(INDEX)) {
            return new FrameRows(file, "var", List.of()).indexed(columns.removeFirst(), columns);
        }
        Problem nameless = Problem.refusal(
                "input.var.index",
                where,
                "the features have no ids (dataset id, or genes before version 3)",
                "Use the file as Cell Ranger wrote it.");
        return new FrameRows(file, "var", List.of(nameless)).withoutIndex(columns);
    }
}
