package io.cellferry.celldive;

import java.util.ArrayList;
import java.util.List;

/// Takes comma-separated text apart. A cell may be quoted, then it may hold commas, and quotes twice; line breaks it
/// may not hold.
final class CommaSeparated {

    private CommaSeparated() {}

    /// The cells of every line, empty lines as no cells; quotes that do not fit are added to `mistakes`.
    static List<List<String>> lines(String text, List<String> mistakes) {
        List<List<String>> lines = new ArrayList<>();
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        withoutMark.lines().forEach(line -> lines.add(cells(line, lines.size() + 1, mistakes)));
        return lines;
    }

    private static List<String> cells(String line, int number, List<String> mistakes) {
        List<String> cells = new ArrayList<>();
        if (line.isBlank()) {
            return cells;
        }
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < line.length(); at++) {
            char here = line.charAt(at);
            if (here == '"') {
                boolean twice = quoted && at + 1 < line.length() && line.charAt(at + 1) == '"';
                if (twice) {
                    cell.append(here);
                    at++;
                } else {
                    quoted = !quoted;
                }
            } else if (here == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(here);
            }
        }
        cells.add(cell.toString());
        if (quoted) {
            mistakes.add("row %d, column %d: a quote is not closed".formatted(number, cells.size()));
        }
        return cells;
    }
}
