package io.cellferry.hvg;

import io.cellferry.failure.Problem;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The result: a row per gene in the order of the matrix, and what there is to say about batches that were skipped.
///
/// Columns have scanpy's names, types and order. About 60 bytes a gene.
public record HvgTable(Flavor flavor, List<String> genes, List<HvgColumn> columns, List<Problem> remarks) {

    static final String CHOSEN = "highly_variable";

    public HvgTable {
        genes = List.copyOf(genes);
        columns = List.copyOf(columns);
        remarks = List.copyOf(remarks);
    }

    /// The column with this name, which has to be there.
    public HvgColumn column(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s has no column %s".formatted(flavor.word(), name)));
    }

    /// What the columns say of one gene, its name first. Missing numbers are left out; infinite ones are texts.
    public Map<String, Object> scores(int gene) {
        Map<String, Object> scores = new LinkedHashMap<>();
        scores.put("gene", genes.get(gene));
        for (HvgColumn column : columns) {
            switch (column) {
                case HvgColumn.Flags flags -> scores.put(flags.name(), flags.values()[gene]);
                case HvgColumn.Counts counts -> scores.put(counts.name(), counts.values()[gene]);
                case HvgColumn.Numbers numbers -> put(scores, numbers.name(), numbers.values()[gene]);
                case HvgColumn.Ranks ranks -> put(scores, ranks.name(), ranks.values()[gene]);
            }
        }
        return scores;
    }

    private static void put(Map<String, Object> scores, String name, double value) {
        if (Double.isInfinite(value)) {
            scores.put(name, TextSink.number(value));
        } else if (!Double.isNaN(value)) {
            scores.put(name, value);
        }
    }

    /// Positions of the chosen genes.
    public BitSet chosen() {
        var chosen = new BitSet(genes.size());
        if (column(CHOSEN) instanceof HvgColumn.Flags flags) {
            for (int gene = 0; gene < flags.values().length; gene++) {
                chosen.set(gene, flags.values()[gene]);
            }
        }
        return chosen;
    }
}
