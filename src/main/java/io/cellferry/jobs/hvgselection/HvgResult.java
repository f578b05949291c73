package io.cellferry.jobs.hvgselection;

import java.nio.file.Path;
import java.util.Locale;

/// What an output is, by its name: one table, or a folder with both kinds of table and the page.
enum HvgResult {
    CSV,
    JSON,
    FOLDER;

    static final String CSV_FILE = "genes.csv";
    static final String JSON_FILE = "genes.json";
    static final String PAGE_FILE = "report.html";

    static HvgResult of(Path output) {
        String name = String.valueOf(output.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CSV;
        }
        return name.endsWith(".json") ? JSON : FOLDER;
    }
}
