package io.cellferry.dataset;

import io.cellferry.failure.Problem;
import java.util.List;
import java.util.Optional;

/// What a data set holds: the answer of `inspect`, and all that planning needs.
///
/// `format` says what kind of file it is in words people know ("AnnData 0.1.0 in HDF5", "10x Genomics HDF5 v3").
/// `problems` lists everything found wrong without reading bulk data, each with a stable code; a data set with a
/// refusing problem may still be listed but not converted.
public record Catalogue(
        String format,
        int cells,
        List<MatrixInfo> matrices,
        List<ColumnInfo> obs,
        List<ColumnInfo> var,
        List<ColumnInfo> rawVar,
        List<TableInfo> tables,
        List<MatrixInfo> graphs,
        List<Problem> problems) {

    public Catalogue {
        matrices = List.copyOf(matrices);
        obs = List.copyOf(obs);
        var = List.copyOf(var);
        rawVar = List.copyOf(rawVar);
        tables = List.copyOf(tables);
        graphs = List.copyOf(graphs);
        problems = List.copyOf(problems);
    }

    public Optional<MatrixInfo> matrix(String path) {
        return matrices.stream().filter(m -> m.path().equals(path)).findFirst();
    }

    public Optional<MatrixInfo> graph(String path) {
        return graphs.stream().filter(m -> m.path().equals(path)).findFirst();
    }

    public Optional<TableInfo> table(String path) {
        return tables.stream().filter(t -> t.path().equals(path)).findFirst();
    }

    public Optional<ColumnInfo> obsColumn(String name) {
        return obs.stream().filter(c -> c.name().equals(name)).findFirst();
    }
}
