package io.cellferry.hvg;

import io.cellferry.storage.ByteSink;

/// The table as CSV, as pandas writes and reads it: a row per gene with its name first, `True` and `False`, nothing
/// where a number is missing, lines that end in a line feed.
public final class HvgCsv {

    private HvgCsv() {}

    public static void write(HvgTable table, ByteSink sink) {
        var text = new TextSink(sink);
        text.add("gene");
        for (HvgColumn column : table.columns()) {
            text.add(",").add(column.name());
        }
        text.add("\n");
        for (int gene = 0; gene < table.genes().size(); gene++) {
            text.add(quoted(table.genes().get(gene)));
            for (HvgColumn column : table.columns()) {
                text.add(",").add(cell(column, gene));
            }
            text.add("\n");
        }
        text.end();
    }

    private static String cell(HvgColumn column, int gene) {
        return switch (column) {
            case HvgColumn.Flags flags -> flags.values()[gene] ? "True" : "False";
            case HvgColumn.Counts counts -> Integer.toString(counts.values()[gene]);
            case HvgColumn.Numbers numbers ->
                Double.isNaN(numbers.values()[gene]) ? "" : TextSink.number(numbers.values()[gene]);
            case HvgColumn.Ranks ranks ->
                Float.isNaN(ranks.values()[gene]) ? "" : TextSink.number(ranks.values()[gene]);
        };
    }

    private static String quoted(String name) {
        boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain && !name.isEmpty() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
