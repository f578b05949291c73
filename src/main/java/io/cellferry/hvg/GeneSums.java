package io.cellferry.hvg;

import java.util.Arrays;

/// Sums over the cells of one batch: three words a gene, what they are says [SumKind].
///
/// Owned by the [Moments] it lies in; 24 bytes x genes.
final class GeneSums {

    static final int WORDS = 3;

    private static final double TWO_TO_64 = 0x1p64;

    private final SumKind kind;
    private final long[] words;
    private int cells;

    GeneSums(SumKind kind, int genes) {
        this(kind, new long[Math.multiplyExact(genes, WORDS)], 0);
    }

    GeneSums(SumKind kind, long[] words, int cells) {
        this.kind = kind;
        this.words = words;
        this.cells = cells;
    }

    /// Lent: whoever adds a row writes here.
    long[] words() {
        return words;
    }

    int genes() {
        return words.length / WORDS;
    }

    int cells() {
        return cells;
    }

    /// Whether these are exact sums of counts.
    boolean whole() {
        return kind == SumKind.WHOLE;
    }

    void addCell() {
        cells++;
    }

    /// Adds a row of whole counts: those of `counts[0, stored)`, which belong to `genes[from, from + stored)`.
    void addWhole(int[] genes, int from, int[] counts, int stored) {
        for (int i = 0; i < stored; i++) {
            addWhole(genes[from + i], counts[i]);
        }
    }

    /// Adds those counts of a row whose places are `picked[0, found)`.
    void addWhole(int[] genes, int from, int[] counts, int[] picked, int found) {
        for (int i = 0; i < found; i++) {
            addWhole(genes[from + picked[i]], counts[picked[i]]);
        }
    }

    private void addWhole(int gene, long count) {
        addWhole(gene, (int) (-count >>> 63), count, count * count);
    }

    /// Adds what `having` counts above 0 of one gene come to. Their squares are below 2^62.
    void addWhole(int gene, int having, long sum, long squares) {
        int at = gene * WORDS;
        long low = words[at + 1];
        words[at] += sum;
        words[at + 1] = low + squares;
        // What is below 2^62 carries exactly when the top bit goes from 1 to 0.
        words[at + 2] += having + ((low & ~(low + squares)) >>> 63 << 32);
    }

    /// Adds a row of any numbers and their squares.
    void addReal(int[] genes, int from, double[] values, double[] squares, int stored) {
        long[] sums = words;
        for (int i = 0; i < stored; i++) {
            int at = genes[from + i] * WORDS;
            sums[at] = Double.doubleToRawLongBits(Double.longBitsToDouble(sums[at]) + values[i]);
            sums[at + 1] = Double.doubleToRawLongBits(Double.longBitsToDouble(sums[at + 1]) + squares[i]);
            if (values[i] > 0) {
                sums[at + 2]++;
            }
        }
    }

    /// Adds one count that is not above `limit`, else counts that it is.
    void addWholeUpTo(int gene, int count, double limit) {
        int at = gene * WORDS;
        if (count > limit) {
            words[at + 2]++;
            return;
        }
        long square = (long) count * count;
        long low = words[at + 1];
        words[at] += count;
        words[at + 1] = low + square;
        words[at + 2] += carry(low, low + square) << 32;
    }

    /// The same for any number.
    void addRealUpTo(int gene, double value, double limit) {
        int at = gene * WORDS;
        if (value > limit) {
            words[at + 2]++;
            return;
        }
        words[at] = Double.doubleToRawLongBits(Double.longBitsToDouble(words[at]) + value);
        words[at + 1] = Double.doubleToRawLongBits(Double.longBitsToDouble(words[at + 1]) + value * value);
    }

    /// Adds two fixed-point numbers, the second one signed and of at most 2^62.
    void addFixed(int gene, long first, long second) {
        int at = gene * WORDS;
        long low = words[at + 1];
        words[at] += first;
        words[at + 1] = low + second;
        words[at + 2] += (second >> 63) + carry(low, low + second);
    }

    /// Adds the cells of `later`, which come after the ones here.
    void merge(GeneSums later) {
        cells = Math.addExact(cells, later.cells);
        long[] other = later.words;
        for (int at = 0; at < words.length; at += WORDS) {
            switch (kind) {
                case WHOLE -> {
                    long low = words[at + 1];
                    words[at] += other[at];
                    words[at + 1] += other[at + 1];
                    words[at + 2] += other[at + 2] + (carry(low, words[at + 1]) << 32);
                }
                case REAL -> {
                    words[at] = add(words[at], other[at]);
                    words[at + 1] = add(words[at + 1], other[at + 1]);
                    words[at + 2] += other[at + 2];
                }
                case FIXED -> {
                    long low = words[at + 1];
                    words[at] += other[at];
                    words[at + 1] += other[at + 1];
                    words[at + 2] += other[at + 2] + carry(low, words[at + 1]);
                }
            }
        }
    }

    /// The sum of one gene.
    double sum(int gene) {
        long word = words[gene * WORDS];
        return kind == SumKind.REAL ? Double.longBitsToDouble(word) : word;
    }

    /// The sum of squares of one gene, rounded to a double.
    double squares(int gene) {
        int at = gene * WORDS;
        return switch (kind) {
            case WHOLE -> wide(words[at + 2] >>> 32, words[at + 1]);
            case REAL -> Double.longBitsToDouble(words[at + 1]);
            case FIXED -> wide(words[at + 2], words[at + 1]);
        };
    }

    /// Cells counted for one gene: in a first pass those with a value above 0, in a clipping pass those above the
    /// limit.
    int counted(int gene) {
        if (kind == SumKind.FIXED) {
            throw new IllegalStateException("residual sums count no cells");
        }
        return (int) words[gene * WORDS + 2];
    }

    /// The average over all cells, zeros included.
    double mean(int gene) {
        return sum(gene) / cells;
    }

    /// The variance over all cells with n - 1; with n for a single cell, as scanpy has it.
    double variance(int gene) {
        if (kind == SumKind.WHOLE) {
            return wholeVariance(gene);
        }
        double mean = mean(gene);
        double variance = squares(gene) / cells - mean * mean;
        return cells == 1 ? variance : variance * (cells / (cells - 1.0));
    }

    /// (n Σx² - (Σx)²) / (n (n - 1)), the difference in 128 bits: 0 exactly for a gene that does not vary.
    private double wholeVariance(int gene) {
        if (cells == 1) {
            return 0;
        }
        int at = gene * WORDS;
        long sum = words[at];
        long low = words[at + 1];
        long high = words[at + 2] >>> 32;
        long scaledLow = low * cells;
        long scaledHigh = high * cells + Math.unsignedMultiplyHigh(low, cells);
        long squareLow = sum * sum;
        long differenceLow = scaledLow - squareLow;
        long borrow = Long.compareUnsigned(scaledLow, squareLow) < 0 ? 1 : 0;
        long differenceHigh = scaledHigh - Math.multiplyHigh(sum, sum) - borrow;
        return wide(differenceHigh, differenceLow) / cells / (cells - 1.0);
    }

    /// Takes whole values back out of the sums of one gene, which leaves those of its other cells.
    void takeOut(int gene, int[] values, int from, int count) {
        int at = gene * WORDS;
        for (int i = from; i < from + count; i++) {
            long value = values[i];
            long square = value * value;
            long low = words[at + 1];
            words[at] -= value;
            words[at + 1] = low - square;
            if (Long.compareUnsigned(low, square) < 0) {
                words[at + 2] -= 1L << 32;
            }
        }
    }

    /// One gene alone, as sums of a single gene.
    GeneSums only(int gene) {
        return new GeneSums(kind, Arrays.copyOfRange(words, gene * WORDS, (gene + 1) * WORDS), cells);
    }

    private static long carry(long before, long after) {
        return Long.compareUnsigned(after, before) < 0 ? 1 : 0;
    }

    private static long add(long left, long right) {
        return Double.doubleToRawLongBits(Double.longBitsToDouble(left) + Double.longBitsToDouble(right));
    }

    /// A signed number of 128 bits as the nearest double or its neighbour; small negative ones lose nothing.
    private static double wide(long high, long low) {
        if (high < 0) {
            return -wide(~high + (low == 0 ? 1 : 0), -low);
        }
        double lower = low >= 0 ? low : 2.0 * ((low >>> 1) | (low & 1));
        return high == 0 ? lower : high * TWO_TO_64 + lower;
    }
}
