package io.cellferry.cellucid.arithmetic;

import java.util.Arrays;

/// Sorts floats from 0 up, each carrying a number: in one long, the float's bits above, the number below.
///
/// The bits of such floats rise with them; not-a-number is above all. Digit by digit from the lowest, which costs the
/// same whatever the order was: a tenth of what comparing costs for a million values.
final class NumberedSort {

    private static final int DIGIT_BITS = 8;
    private static final int DIGITS = 1 << DIGIT_BITS;
    /// Below this, counting digits costs more than comparing.
    private static final int FEW = 512;

    private NumberedSort() {}

    /// `value` is at least 0 or not-a-number, `number` at least 0.
    static long numbered(float value, int number) {
        return (long) Float.floatToIntBits(value) << Integer.SIZE | number;
    }

    static float value(long numbered) {
        return Float.intBitsToFloat((int) (numbered >>> Integer.SIZE));
    }

    static int number(long numbered) {
        return (int) numbered;
    }

    /// Sorts `count` values from place `from` on by their floats; numbers of equal floats keep their order if it was
    /// ascending. `room` takes `count` values and belongs to the call.
    static void sort(long[] values, int from, int count, long[] room) {
        if (count < FEW) {
            Arrays.sort(values, from, from + count);
            return;
        }
        // Four digits: the values are back in their place after the last.
        for (int shift = Integer.SIZE; shift < Long.SIZE; shift += 2 * DIGIT_BITS) {
            byDigit(values, from, count, shift, room, 0);
            byDigit(room, 0, count, shift + DIGIT_BITS, values, from);
        }
    }

    private static void byDigit(long[] values, int from, int count, int shift, long[] into, int at) {
        int[] next = new int[DIGITS];
        for (int place = from; place < from + count; place++) {
            next[(int) (values[place] >>> shift) & DIGITS - 1]++;
        }
        int start = at;
        for (int digit = 0; digit < DIGITS; digit++) {
            int members = next[digit];
            next[digit] = start;
            start += members;
        }
        for (int place = from; place < from + count; place++) {
            long value = values[place];
            into[next[(int) (value >>> shift) & DIGITS - 1]++] = value;
        }
    }
}
