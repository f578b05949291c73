package io.cellferry.dataset.matrices;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.ValueBuffer;

/// Turns dense rows into sparse ones. Zero is what has no bit set, so -0.0 is kept.
///
/// Counts before it copies: the block then grows to what is there, not to cells x genes. The same loops stand here for
/// four and for eight bytes, since there is one turn per value of the matrix.
final class NonZeros {

    private NonZeros() {}

    /// Fills `into` with `cells`, whose values lie in `dense` row by row from its start.
    static void keep(ValueBuffer dense, int genes, CellRange cells, CsrBlock into) {
        int values = cells.count() * genes;
        if (dense.type().bytes() == Integer.BYTES) {
            into.reset(cells, count(dense.four(), values));
            keep(dense.four(), genes, into, into.values().four());
        } else {
            into.reset(cells, count(dense.eight(), values));
            keep(dense.eight(), genes, into, into.values().eight());
        }
    }

    private static int count(int[] dense, int values) {
        int kept = 0;
        for (int i = 0; i < values; i++) {
            kept += dense[i] == 0 ? 0 : 1;
        }
        return kept;
    }

    private static int count(long[] dense, int values) {
        int kept = 0;
        for (int i = 0; i < values; i++) {
            kept += dense[i] == 0 ? 0 : 1;
        }
        return kept;
    }

    private static void keep(int[] dense, int genes, CsrBlock into, int[] target) {
        int[] geneIndices = into.genes();
        int at = 0;
        for (int row = 0; row < into.cells().count(); row++) {
            int from = row * genes;
            for (int gene = 0; gene < genes; gene++) {
                if (dense[from + gene] != 0) {
                    geneIndices[at] = gene;
                    target[at++] = dense[from + gene];
                }
            }
            into.rowStarts()[row + 1] = at;
        }
    }

    private static void keep(long[] dense, int genes, CsrBlock into, long[] target) {
        int[] geneIndices = into.genes();
        int at = 0;
        for (int row = 0; row < into.cells().count(); row++) {
            int from = row * genes;
            for (int gene = 0; gene < genes; gene++) {
                if (dense[from + gene] != 0) {
                    geneIndices[at] = gene;
                    target[at++] = dense[from + gene];
                }
            }
            into.rowStarts()[row + 1] = at;
        }
    }
}
