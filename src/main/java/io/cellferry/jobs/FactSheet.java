package io.cellferry.jobs;

import io.cellferry.failure.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Facts for a person and for a script: tables to print, and the same as JSON-ready values.
public record FactSheet(String title, List<Table> tables, List<Problem> problems, Map<String, Object> json) {
    public FactSheet {
        tables = List.copyOf(tables);
        problems = List.copyOf(problems);
    }

    /// With one more problem, told first.
    public FactSheet with(Problem problem) {
        List<Problem> all = new ArrayList<>(List.of(problem));
        all.addAll(problems);
        return new FactSheet(title, tables, all, json);
    }

    /// Rows have as many cells as `columns`.
    public record Table(String title, List<String> columns, List<List<String>> rows) {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }
}
