package io.cellferry.dataset.soma;

/// Sorts places by the numbers at them, keeping equal numbers in the order they came. Takes 8 bytes a place.
final class StableOrder {

    private final long[] keys;

    StableOrder(long[] keys) {
        this.keys = keys;
    }

    /// All places, those of the smallest keys first.
    int[] sorted() {
        int[] from = new int[keys.length];
        int[] into = new int[keys.length];
        for (int i = 0; i < from.length; i++) {
            from[i] = i;
        }
        // Merges runs of doubling length, so the first merge that covers everything is the last.
        for (long run = 1; run < from.length; run *= 2) {
            for (long start = 0; start < from.length; start += 2 * run) {
                int middle = (int) Math.min(start + run, from.length);
                int end = (int) Math.min(start + 2 * run, from.length);
                merge(from, (int) start, middle, end, into);
            }
            int[] swap = from;
            from = into;
            into = swap;
        }
        return from;
    }

    private void merge(int[] from, int start, int middle, int end, int[] into) {
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takeLeft = left < middle && (right == end || keys[from[left]] <= keys[from[right]]);
            into[at] = takeLeft ? from[left++] : from[right++];
        }
    }
}
