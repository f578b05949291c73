package io.cellferry.matrix;

import java.util.Arrays;

/// Which genes of a matrix are wanted, and in which order: every wanted gene has an output *position*.
///
/// 4 bytes x genes of the matrix, made once and shared by all workers.
public final class GeneSelection {

    private static final int NOT_WANTED = -1;

    private final int[] positions;
    private final int count;

    private GeneSelection(int[] positions, int count) {
        this.positions = positions;
        this.count = count;
    }

    /// All `genes` genes in matrix order.
    public static GeneSelection all(int genes) {
        int[] positions = new int[genes];
        Arrays.setAll(positions, gene -> gene);
        return new GeneSelection(positions, genes);
    }

    /// `wanted` genes of a matrix with `genes` genes; the first of them gets position 0. A gene may be wanted once.
    public static GeneSelection of(int genes, int[] wanted) {
        int[] positions = new int[genes];
        Arrays.fill(positions, NOT_WANTED);
        for (int position = 0; position < wanted.length; position++) {
            int gene = wanted[position];
            if (gene < 0 || gene >= genes) {
                throw new IllegalArgumentException("wanted gene %,d at position %,d is outside a matrix of %,d genes"
                        .formatted(gene, position, genes));
            }
            if (positions[gene] != NOT_WANTED) {
                throw new IllegalArgumentException("gene %,d is wanted at position %,d and again at position %,d"
                        .formatted(gene, positions[gene], position));
            }
            positions[gene] = position;
        }
        return new GeneSelection(positions, wanted.length);
    }

    /// Genes of the matrix, wanted or not.
    public int genes() {
        return positions.length;
    }

    /// Wanted genes; positions are `[0, count())`.
    public int count() {
        return count;
    }

    /// Where `gene` goes in the output, -1 when it is not wanted.
    public int position(int gene) {
        return positions[gene];
    }

    /// Lent to inner loops, never written to.
    int[] positions() {
        return positions;
    }
}
