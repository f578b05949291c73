package io.cellferry.cellucid.arithmetic;

import java.util.Arrays;

/// Finds the value that would stand at one place if values were sorted, without sorting them.
///
/// Digit by digit from the highest, one pass over the values each. Values are in the order of [Arrays#sort]: -0.0 is
/// below 0.0, not-a-number above all.
final class RankedValue {

    /// 64 bits are six digits of eleven, of which the highest is a short one. 2,048 counts x 4 bytes = 8 KiB.
    private static final int DIGIT_BITS = 11;

    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final int HIGHEST_SHIFT = 55;

    private final int[] counts = new int[DIGITS];

    /// The value at place `rank`, counted from 0, of the `count` values from place `from` on.
    double of(double[] values, int from, int count, int rank) {
        long above = 0;
        int left = rank;
        for (int shift = HIGHEST_SHIFT; shift >= 0; shift -= DIGIT_BITS) {
            Arrays.fill(counts, 0);
            for (int place = from; place < from + count; place++) {
                long digits = rising(values[place]) >>> shift;
                if (digits >>> DIGIT_BITS == above) {
                    counts[(int) digits & DIGITS - 1]++;
                }
            }
            int digit = 0;
            while (left >= counts[digit]) {
                left -= counts[digit++];
            }
            above = above << DIGIT_BITS | digit;
        }
        return Double.longBitsToDouble(above < 0 ? above ^ Long.MIN_VALUE : ~above);
    }

    /// Bits that rise with the value when read without a sign.
    private static long rising(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    }
}
