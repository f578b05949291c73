package io.cellferry.hvg;

import java.util.Arrays;

/// The ranks genes have on the top lists of all batches: best first, counted from 0.
///
/// 8 bytes for every place on a list: batches x `top`, as long as `top` is below the number of genes.
final class TopRanks {

    private final int top;
    private final int genes;
    private int[] listed = new int[0];
    private int[] ranks = new int[0];
    private int places;

    TopRanks(int genes, int top) {
        this.genes = genes;
        this.top = top;
    }

    /// Adds the list of one batch.
    void add(double[] scores) {
        int[] order = DescendingOrder.of(scores);
        int taken = Math.min(top, order.length);
        if (listed.length < places + taken) {
            int room = Math.max(places + taken, Math.multiplyExact(2, places));
            listed = Arrays.copyOf(listed, room);
            ranks = Arrays.copyOf(ranks, room);
        }
        for (int rank = 0; rank < taken; rank++) {
            listed[places] = order[rank];
            ranks[places++] = rank;
        }
    }

    /// On how many lists each gene is.
    int[] lists() {
        int[] lists = new int[genes];
        for (int i = 0; i < places; i++) {
            lists[listed[i]]++;
        }
        return lists;
    }

    /// The median rank of each gene over the lists it is on, missing when it is on none.
    float[] medians() {
        int[] ends = lists();
        for (int gene = 1; gene < genes; gene++) {
            ends[gene] += ends[gene - 1];
        }
        int[] grouped = new int[places];
        for (int i = places - 1; i >= 0; i--) {
            grouped[--ends[listed[i]]] = ranks[i];
        }
        float[] medians = new float[genes];
        for (int gene = 0; gene < genes; gene++) {
            int from = ends[gene];
            int to = gene + 1 < genes ? ends[gene + 1] : places;
            Arrays.sort(grouped, from, to);
            medians[gene] = from == to
                    ? Float.NaN
                    : (grouped[from + (to - from - 1) / 2] + (float) grouped[from + (to - from) / 2]) / 2;
        }
        return medians;
    }
}
