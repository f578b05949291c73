package io.cellferry.launch.cli;

import io.cellferry.jobs.FactSheet;
import java.util.ArrayList;
import java.util.List;

/// Lays a table out in columns for a terminal; numbers to the right, words to the left.
final class TextTable {

    private TextTable() {}

    static List<String> lines(FactSheet.Table table) {
        int columns = table.columns().size();
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            widths[c] = table.columns().get(c).length();
            numeric[c] = !table.rows().isEmpty()
                    && table.rows().stream()
                            .allMatch(row -> row.get(column).matches("[-+]?[0-9][0-9,.]*( ?[kMGT]?B)?|"));
            for (List<String> row : table.rows()) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(table.columns(), widths, numeric));
        table.rows().forEach(row -> lines.add(line(row, widths, numeric)));
        return lines;
    }

    private static String line(List<String> cells, int[] widths, boolean[] numeric) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < cells.size(); c++) {
            String pad = " ".repeat(widths[c] - cells.get(c).length());
            line.append(c == 0 ? "" : "  ").append(numeric[c] ? pad + cells.get(c) : cells.get(c) + pad);
        }
        return line.toString().stripTrailing();
    }
}
