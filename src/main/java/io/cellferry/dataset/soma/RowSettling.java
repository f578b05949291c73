package io.cellferry.dataset.soma;

import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.util.Arrays;

/// Brings the values of one row into ascending order of genes and keeps the newest of those in one place.
///
/// Rows of a single write are in order already and only pay for the look. Used by one thread; holds one row, 24
/// bytes a value at most.
final class RowSettling {

    private final ValueBuffer stored;
    private long[] order = new long[0];
    private long[] storedTimes = new long[0];

    RowSettling(ValueType type) {
        this.stored = new ValueBuffer(type);
    }

    /// Takes the values at `[from, to)`, the older ones first, and leaves them settled at `at`, which is not behind
    /// `from`. Returns the place after the last one left. `times` decides if `timed`, otherwise the later one
    /// counts.
    int settle(int[] genes, ValueBuffer values, long[] times, boolean timed, int from, int to, int at) {
        int count = to - from;
        if (!strictlyAscending(genes, from, to)) {
            return sorted(genes, values, times, timed, from, count, at);
        }
        if (at != from) {
            System.arraycopy(genes, from, genes, at, count);
            copy(values, from, values, at, count);
        }
        return at + count;
    }

    private int sorted(int[] genes, ValueBuffer values, long[] times, boolean timed, int from, int count, int at) {
        if (order.length < count) {
            order = new long[count];
        }
        // The position in the low half makes every key different, so any sort is stable.
        for (int i = 0; i < count; i++) {
            order[i] = (long) genes[from + i] << Integer.SIZE | i;
        }
        Arrays.sort(order, 0, count);
        stored.ensureCapacity(count);
        copy(values, from, stored, 0, count);
        if (timed) {
            storedTimes = storedTimes.length < count ? new long[count] : storedTimes;
            System.arraycopy(times, from, storedTimes, 0, count);
        }
        int end = at;
        int next;
        for (int first = 0; first < count; first = next) {
            int newest = (int) order[first];
            for (next = first + 1; next < count && gene(next) == gene(first); next++) {
                int other = (int) order[next];
                if (!timed || storedTimes[other] >= storedTimes[newest]) {
                    newest = other;
                }
            }
            genes[end] = gene(first);
            copy(stored, newest, values, end, 1);
            end++;
        }
        return end;
    }

    private int gene(int sortedPosition) {
        return (int) (order[sortedPosition] >>> Integer.SIZE);
    }

    private static boolean strictlyAscending(int[] genes, int from, int to) {
        // No gene is negative, so a difference cannot overflow; without an early end the loop can run on vectors.
        int signs = 0;
        for (int i = from + 1; i < to; i++) {
            signs |= genes[i] - genes[i - 1] - 1;
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
