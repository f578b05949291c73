package io.cellferry.hvg;

import java.util.Arrays;

/// The largest counts above 1 of every gene in one batch, at most `kept` a gene.
///
/// They make a second pass over the data unnecessary: a limit that is known only after the fit cuts off few values of
/// a gene, at most (n - 1) / n times its unclipped score. Ones need no place: a limit below 1 cuts off every value, a
/// higher one no 1. Per gene a heap with the smallest kept count on top; 0 is a free place. What is kept depends on
/// the values alone, not on their order. 4 bytes x genes x (`kept` + 1), owned by the batch, and 4 bytes for every
/// value of the longest row.
final class Tails {

    private final int kept;
    private final int[] smallest;
    private final int[] heaps;
    private int[] large = new int[0];

    Tails(int genes, int kept) {
        this.kept = kept;
        this.smallest = new int[genes];
        Arrays.fill(smallest, 1);
        this.heaps = new int[Math.multiplyExact(genes, kept)];
    }

    int kept() {
        return kept;
    }

    /// Offers a row of counts. Most are ones; the others are picked out first, without a branch.
    void addRow(int[] genes, int from, int[] counts, int stored) {
        if (large.length < stored) {
            large = new int[stored];
        }
        int found = 0;
        for (int i = 0; i < stored; i++) {
            large[found] = i;
            found += 1 - counts[i] >>> 31;
        }
        offer(genes, from, counts, large, found);
    }

    /// Offers those counts of a row whose places are `picked[0, found)`.
    void offer(int[] genes, int from, int[] counts, int[] picked, int found) {
        for (int i = 0; i < found; i++) {
            offer(genes[from + picked[i]], counts[picked[i]]);
        }
    }

    /// Offers the same count `times` times.
    void offer(int gene, int count, int times) {
        for (int i = 0; i < times && count > smallest[gene]; i++) {
            replaceSmallest(gene, count);
        }
    }

    void merge(Tails other) {
        for (int gene = 0; gene < smallest.length; gene++) {
            for (int i = gene * kept; i < (gene + 1) * kept; i++) {
                offer(gene, other.heaps[i]);
            }
        }
    }

    void offer(int gene, int count) {
        if (count > smallest[gene]) {
            replaceSmallest(gene, count);
        }
    }

    /// Whether more counts than are kept may lie above `limit`, which is 1 or more.
    boolean mayMiss(int gene, double limit) {
        return smallest[gene] > limit;
    }

    /// Writes the kept counts above `limit`, which is 1 or more, to the start of `into`, which has room for all kept
    /// ones; says how many.
    int above(int gene, double limit, int[] into) {
        int found = 0;
        for (int i = gene * kept; i < (gene + 1) * kept; i++) {
            if (heaps[i] > limit) {
                into[found++] = heaps[i];
            }
        }
        return found;
    }

    /// The kept counts of a gene from small to large, free places first.
    int[] sorted(int gene) {
        int[] counts = new int[kept];
        sorted(gene, counts);
        return counts;
    }

    /// The same into `counts`, which has room for all kept ones.
    void sorted(int gene, int[] counts) {
        System.arraycopy(heaps, gene * kept, counts, 0, kept);
        Arrays.sort(counts);
    }

    /// Takes what [#sorted] gave as the kept counts of a gene; counts that ascend are a heap. False when they cannot
    /// have come from there.
    boolean restore(int gene, int[] counts) {
        int base = gene * kept;
        int before = 0;
        for (int i = 0; i < kept; i++) {
            int count = counts[i];
            if (count < before || count == 1) {
                return false;
            }
            heaps[base + i] = count;
            before = count;
        }
        smallest[gene] = Math.max(1, heaps[base]);
        return true;
    }

    private void replaceSmallest(int gene, int count) {
        int base = gene * kept;
        int hole = 0;
        for (int child = 1; child < kept; child = 2 * hole + 1) {
            if (child + 1 < kept && heaps[base + child + 1] < heaps[base + child]) {
                child++;
            }
            if (heaps[base + child] >= count) {
                break;
            }
            heaps[base + hole] = heaps[base + child];
            hole = child;
        }
        heaps[base + hole] = count;
        smallest[gene] = Math.max(1, heaps[base]);
    }
}
