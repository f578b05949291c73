package io.cellferry.hvg;

import io.cellferry.failure.Problem;
import io.cellferry.storage.ByteSink;
import java.util.function.IntFunction;

/// The table as JSON, column by column:
///
/// ```
/// {"flavor": "seurat_v3", "genes": 30000, "highly_variable_genes": 2000,
///  "remarks": ["WHERE: WHAT", …],
///  "columns": {"gene": ["A1BG", …], "means": [0.25, …], "highly_variable": [true, …], …}}
/// ```
///
/// A missing number is `null`, an infinite one the text `"inf"` or `"-inf"`, as JSON has no word for it.
public final class HvgJson {

    private HvgJson() {}

    public static void write(HvgTable table, ByteSink sink) {
        var text = new TextSink(sink);
        text.add("{\"flavor\": \"").add(table.flavor().word()).add("\", \"genes\": ");
        text.add(Integer.toString(table.genes().size())).add(", \"highly_variable_genes\": ");
        text.add(Integer.toString(table.chosen().cardinality())).add(",\n \"remarks\": ");
        array(text, table.remarks().size(), i -> quoted(remark(table.remarks().get(i))));
        text.add(",\n \"columns\": {\"gene\": ");
        array(text, table.genes().size(), gene -> quoted(table.genes().get(gene)));
        for (HvgColumn column : table.columns()) {
            text.add(",\n  ").add(quoted(column.name())).add(": ");
            array(text, table.genes().size(), gene -> cell(column, gene));
        }
        text.add("}}\n");
        text.end();
    }

    static String remark(Problem problem) {
        return problem.where() + ": " + problem.found();
    }

    private static void array(TextSink text, int entries, IntFunction<String> entry) {
        text.add("[");
        for (int i = 0; i < entries; i++) {
            text.add(i == 0 ? "" : ", ").add(entry.apply(i));
        }
        text.add("]");
    }

    private static String cell(HvgColumn column, int gene) {
        return switch (column) {
            case HvgColumn.Flags flags -> Boolean.toString(flags.values()[gene]);
            case HvgColumn.Counts counts -> Integer.toString(counts.values()[gene]);
            case HvgColumn.Numbers numbers -> {
                double value = numbers.values()[gene];
                yield Double.isNaN(value)
                        ? "null"
                        : Double.isInfinite(value) ? quoted(TextSink.number(value)) : TextSink.number(value);
            }
            case HvgColumn.Ranks ranks ->
                Float.isNaN(ranks.values()[gene]) ? "null" : TextSink.number(ranks.values()[gene]);
        };
    }

    private static String quoted(String value) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                default -> {
                    if (c < ' ') {
                        quoted.append("\\u%04x".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
