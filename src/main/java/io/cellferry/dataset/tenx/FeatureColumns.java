package io.cellferry.dataset.tenx;

import io.cellferry.dataset.hdf5.Hdf5Dataset;
import io.cellferry.dataset.hdf5.Hdf5Group;
import io.cellferry.dataset.hdf5column.ColumnKinds;
import io.cellferry.dataset.hdf5column.ColumnValues;
import io.cellferry.dataset.hdf5column.Frame;
import io.cellferry.dataset.hdf5column.FrameRows;
import io.cellferry.dataset.hdf5column.StoredColumn;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The columns that describe genes, under the names of Cell Ranger 3 whatever version wrote them: `id`, `name`,
/// `feature_type`, `genome`, then whatever else there is one of per feature.
record FeatureColumns(String where, Map<String, Hdf5Dataset> arrays) {

    private static final String INDEX = "id";
    private static final List<String> FIRST = List.of(INDEX, "name", "feature_type", "genome");

    /// Names of further columns, not a column.
    private static final String TAG_KEYS = "_all_tag_keys";

    static FeatureColumns ofVersion3(Hdf5Group matrix) {
        Optional<Hdf5Group> features = matrix.group("features");
        Map<String, Hdf5Dataset> arrays = new LinkedHashMap<>();
        features.ifPresent(group -> {
            FIRST.forEach(name -> group.dataset(name).ifPresent(array -> arrays.put(name, array)));
            group.childNames().stream()
                    .filter(name -> !FIRST.contains(name) && !name.equals(TAG_KEYS))
                    .forEach(name -> group.dataset(name).ifPresent(array -> arrays.put(name, array)));
        });
        return new FeatureColumns(matrix.path() + "/features", arrays);
    }

    static FeatureColumns ofVersion2(Hdf5Group genome) {
        Map<String, Hdf5Dataset> arrays = new LinkedHashMap<>();
        genome.dataset("genes").ifPresent(array -> arrays.put(INDEX, array));
        genome.dataset("gene_names").ifPresent(array -> arrays.put("name", array));
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
