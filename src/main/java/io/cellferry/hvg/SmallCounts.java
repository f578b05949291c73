package io.cellferry.hvg;

/// How often each gene had each of the counts 1 to 15 in one batch, for the cells that were not settled yet.
///
/// Nearly all counts are that small. One place to count up takes the place of a sum, a sum of squares with its carry, a
/// number of cells and a look at the largest counts. What the places mean for all of those is worked out when they are
/// settled, exactly; larger counts have to go there at once. Owned by the pass that adds a batch up; 32 bytes x genes,
/// and 4 bytes for every value of the longest row.
final class SmallCounts {

    private static final int PLACE_BITS = 3;
    private static final int PLACES = 1 << PLACE_BITS;
    private static final int LARGEST = 2 * PLACES - 1;
    /// A gene has one count a cell, so no place can pass what a char holds before it is settled.
    private static final int MOST_CELLS = Character.MAX_VALUE;

    private final Moments.Batch batch;
    /// Of all genes the places 0 to 7, then of all genes the places 8 to 15: those that are used for nearly every value
    /// fit the processor's own memory. Place 0 is never looked at.
    private final char[] places;

    private final int high;
    private int[] left = new int[0];
    private int cells;
    private int largest;

    SmallCounts(Moments.Batch batch) {
        this.batch = batch;
        this.high = Math.multiplyExact(batch.sums().genes(), PLACES);
        this.places = new char[Math.multiplyExact(high, 2)];
    }

    static long bytes(int genes) {
        return 2L * PLACES * Character.BYTES * genes;
    }

    /// Counts up what can be of a row of float32 values `bits[from, from + stored)` and their genes. Says how many are
    /// left: their places, counted from the beginning of the row, are [#left].
    int addFloats(int[] genes, int[] bits, int from, int stored) {
        begin(stored);
        char[] here = places;
        int[] picked = left;
        int found = 0;
        for (int i = 0; i < stored; i++) {
            float value = Float.intBitsToFloat(bits[from + i]);
            int count = (int) value;
            if ((count & -PLACES) == 0 && count == value) {
                here[genes[from + i] << PLACE_BITS | count]++;
            } else if ((count & ~LARGEST) == 0 && count == value) {
                here[high + (genes[from + i] << PLACE_BITS | count & PLACES - 1)]++;
            } else {
                picked[found++] = i;
            }
        }
        return found;
    }

    /// The same for `counts[0, stored)`, whose genes begin at `from`.
    int addCounts(int[] genes, int from, int[] counts, int stored) {
        begin(stored);
        char[] here = places;
        int[] picked = left;
        int found = 0;
        for (int i = 0; i < stored; i++) {
            int count = counts[i];
            if ((count & -PLACES) == 0) {
                here[genes[from + i] << PLACE_BITS | count]++;
            } else if ((count & ~LARGEST) == 0) {
                here[high + (genes[from + i] << PLACE_BITS | count & PLACES - 1)]++;
            } else {
                picked[found++] = i;
            }
        }
        return found;
    }

    /// Lent until the next row.
    int[] left() {
        return left;
    }

    private void begin(int stored) {
        if (cells == MOST_CELLS) {
            settle();
        }
        cells++;
        if (left.length < stored) {
            left = new int[stored];
        }
    }

    /// The largest count that was settled.
    int largest() {
        return largest;
    }

    /// Brings the sums and the largest counts of the batch up to date.
    void settle() {
        cells = 0;
        Tails tails = batch.tails();
        for (int gene = 0; gene << PLACE_BITS < high; gene++) {
            int having = 0;
            int sum = 0;
            // 65,535 cells with the largest count have 14,745,375 here.
            int squares = 0;
            for (int count = LARGEST; count > 0; count--) {
                int place = (gene << PLACE_BITS | count & PLACES - 1) + (count < PLACES ? 0 : high);
                int times = places[place];
                if (times > 0) {
                    places[place] = 0;
                    having += times;
                    sum += times * count;
                    squares += times * count * count;
                    largest = Math.max(largest, count);
                    if (tails != null) {
                        tails.offer(gene, count, times);
                    }
                }
            }
            if (having > 0) {
                batch.sums().addWhole(gene, having, sum, squares);
            }
        }
    }
}
