package io.cellferry.dataset.columns;

import io.cellferry.dataset.ColumnInfo;
import io.cellferry.failure.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The annotations of all cells or all genes. `rows` is empty when nothing says how many there are; `index` names the
/// rows and is one of `columns` too.
public record Frame(
        String path,
        OptionalLong rows,
        Optional<StoredColumn> index,
        List<StoredColumn> columns,
        List<Problem> problems) {

    public Frame {
        columns = List.copyOf(columns);
        problems = List.copyOf(problems);
    }

    public Optional<StoredColumn> column(String name) {
        return columns.stream().filter(c -> c.info().name().equals(name)).findFirst();
    }

    public List<ColumnInfo> infos() {
        return columns.stream().map(StoredColumn::info).toList();
    }
}
