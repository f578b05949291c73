package io.cellferry.dataset.matrices;

import io.cellferry.matrix.ValueBuffer;
import java.util.Arrays;

/// Brings the entries of one major into strictly ascending order and adds up duplicates in stored order.
///
/// Files of careful writers are in order already and only pay for the look. One instance belongs to one reading thread;
/// it holds one major's entries, 16 bytes each at most.
final class EntryOrder {

    private final Addition addition;
    private final ValueBuffer stored;
    private long[] order = new long[0];

    EntryOrder(Addition addition) {
        this.addition = addition;
        this.stored = new ValueBuffer(addition.type());
    }

    /// Takes the entries at `[from, to)` and leaves them normalised at `at`, which is not behind `from`. Returns the
    /// position after the last one left.
    int settle(int[] minors, ValueBuffer values, int from, int to, int at) {
        int count = to - from;
        if (!strictlyAscending(minors, from, to)) {
            return sorted(minors, values, from, count, at);
        }
        if (at != from) {
            System.arraycopy(minors, from, minors, at, count);
            copy(values, from, values, at, count);
        }
        return at + count;
    }

    private int sorted(int[] minors, ValueBuffer values, int from, int count, int at) {
        if (order.length < count) {
            order = new long[count];
        }
        // The position in the low half makes every key different, so any sort is stable.
        for (int i = 0; i < count; i++) {
            order[i] = (long) minors[from + i] << Integer.SIZE | i;
        }
        Arrays.sort(order, 0, count);
        stored.ensureCapacity(count);
        copy(values, from, stored, 0, count);
        int end = at;
        int next;
        for (int first = 0; first < count; first = next) {
            next = afterEqualMinors(first, count);
            minors[end] = minor(first);
            put(values, end, next - first == 1 ? bits((int) order[first]) : sum(first, next));
            end++;
        }
        return end;
    }

    private int afterEqualMinors(int first, int count) {
        int next = first + 1;
        while (next < count && minor(next) == minor(first)) {
            next++;
        }
        return next;
    }

    private long sum(int first, int next) {
        long sum = Addition.ZERO;
        for (int i = first; i < next; i++) {
            sum = addition.plus(sum, bits((int) order[i]));
        }
        return sum;
    }

    private int minor(int sortedPosition) {
        return (int) (order[sortedPosition] >>> Integer.SIZE);
    }

    private long bits(int position) {
        return addition.type().bytes() == Integer.BYTES ? stored.four()[position] : stored.eight()[position];
    }

    private void put(ValueBuffer values, int position, long bits) {
        if (addition.type().bytes() == Integer.BYTES) {
            values.four()[position] = (int) bits;
        } else {
            values.eight()[position] = bits;
        }
    }

    private static boolean strictlyAscending(int[] minors, int from, int to) {
        // No minor is negative, so a difference cannot overflow; without an early end the loop can run on vectors.
        int signs = 0;
        for (int i = from + 1; i < to; i++) {
            signs |= minors[i] - minors[i - 1] - 1;
        }
        return signs >= 0;
    }

    private static void copy(ValueBuffer source, int from, ValueBuffer target, int at, int count) {
        if (source.type().bytes() == Integer.BYTES) {
            System.arraycopy(source.four(), from, target.four(), at, count);
        } else {
            System.arraycopy(source.eight(), from, target.eight(), at, count);
        }
    }
}
