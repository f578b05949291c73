package io.cellferry.hvg;

/// Positions of scores from the largest to the smallest: equal scores in the order given, missing ones last.
///
/// A radix sort of the bits, as nothing in the library sorts primitive positions by another array. 24 bytes a score.
final class DescendingOrder {

    private static final int DIGIT_BITS = 8;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private DescendingOrder() {}

    static int[] of(double[] scores) {
        long[] keys = new long[scores.length];
        int[] order = new int[scores.length];
        for (int i = 0; i < scores.length; i++) {
            keys[i] = key(scores[i]);
            order[i] = i;
        }
        int[] next = new int[scores.length];
        for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
            int[] starts = new int[DIGITS + 1];
            for (long key : keys) {
                starts[digit(key, shift) + 1]++;
            }
            for (int digit = 0; digit < DIGITS; digit++) {
                starts[digit + 1] += starts[digit];
            }
            for (int position : order) {
                next[starts[digit(keys[position], shift)]++] = position;
            }
            int[] swap = order;
            order = next;
            next = swap;
        }
        return order;
    }

    private static int digit(long key, int shift) {
        return (int) (key >>> shift) & (DIGITS - 1);
    }

    /// An unsigned number that grows as the score falls. Both zeros are equal, as they are to a comparison.
    private static long key(double score) {
        if (Double.isNaN(score)) {
            return -1;
        }
        long bits = Double.doubleToLongBits(score + 0.0);
        long ascending = bits < 0 ? ~bits : bits | Long.MIN_VALUE;
        return ~ascending;
    }
}
