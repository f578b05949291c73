package io.cellferry.hvg;

import io.cellferry.failure.Problem;
import java.util.BitSet;
import java.util.List;

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
