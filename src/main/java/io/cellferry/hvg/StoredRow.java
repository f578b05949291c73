package io.cellferry.hvg;

import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.ValueBuffer;

/// One row at a time of a block, turned into whole counts or into doubles, and surveyed while passing.
///
/// Reusable; the arrays hold the longest row seen, 12 bytes a stored value at most.
final class StoredRow {

    static final String NOT_FINITE = "Remove or replace missing and infinite values.";

    private final String matrix;
    private int[] counts = new int[0];
    private double[] numbers = new double[0];
    private long values;
    private long fractions;
    private long negatives;
    private double largest;

    StoredRow(String matrix) {
        this.matrix = matrix;
    }

    ValueSurvey survey() {
        return new ValueSurvey(values, fractions, negatives, largest);
    }

    /// The row's counts, lent until the next row. A value that is no whole number of 0 to 2^31 - 2 is refused.
    int[] counts(CsrBlock block, int row) {
        int from = block.rowStarts()[row];
        int to = block.rowStarts()[row + 1];
        if (counts.length < to - from) {
            counts = new int[to - from];
        }
        int most = decodeCounts(block.values(), from, to - from, counts);
        if (most < 0) {
            refuseFirstBad(block, row);
        }
        values += to - from;
        largest = Math.max(largest, most);
        return counts;
    }

    /// The same for those values alone whose places in the row are `picked[0, found)`; counts that were not picked
    /// are undefined. The values of the whole row are surveyed as seen, but for the largest of those not picked:
    /// [#seen].
    int[] counts(CsrBlock block, int row, int[] picked, int found) {
        int from = block.rowStarts()[row];
        int stored = block.rowStarts()[row + 1] - from;
        if (counts.length < stored) {
            counts = new int[stored];
        }
        values += stored;
        for (int i = 0; i < found; i++) {
            double value = block.values().asDouble(from + picked[i]);
            if (!isCount(value)) {
                refuseFirstBad(block, row);
            }
            counts[picked[i]] = (int) value;
            largest = Math.max(largest, value);
        }
        return counts;
    }

    /// Notes a count that was passed by [#counts(CsrBlock, int, int[], int)].
    void seen(int count) {
        largest = Math.max(largest, count);
    }

    private static boolean isCount(double value) {
        return value >= 0 && value < Integer.MAX_VALUE && value == Math.rint(value);
    }

    /// The row's values as doubles, lent until the next row. Whatever is not finite is refused.
    double[] numbers(CsrBlock block, int row) {
        int from = block.rowStarts()[row];
        int stored = block.rowStarts()[row + 1] - from;
        if (numbers.length < stored) {
            numbers = new double[stored];
        }
        decode(block.values(), from, stored, numbers);
        double most = 0;
        for (int i = 0; i < stored; i++) {
            double value = numbers[i];
            if (!Double.isFinite(value)) {
                throw new InputRefused(
                        "%s: cell %,d, gene %,d (both counted from 0): expected a finite value, found %s."
                                .formatted(matrix, block.cells().from() + row, block.genes()[from + i], value),
                        NOT_FINITE);
            }
            fractions += value == Math.rint(value) ? 0 : 1;
            negatives += value < 0 ? 1 : 0;
            most = Math.max(most, value);
        }
        values += stored;
        largest = Math.max(largest, most);
        return numbers;
    }

    /// The sum of a row as far as it was decoded to counts.
    static long total(int[] counts, int stored) {
        long total = 0;
        for (int i = 0; i < stored; i++) {
            total += counts[i];
        }
        return total;
    }

    static double total(double[] numbers, int stored) {
        double total = 0;
        for (int i = 0; i < stored; i++) {
            total += numbers[i];
        }
        return total;
    }

    static void decode(ValueBuffer buffer, int from, int stored, double[] into) {
        int[] four = buffer.four();
        long[] eight = buffer.eight();
        switch (buffer.type()) {
            case FLOAT32 -> {
                for (int i = 0; i < stored; i++) {
                    into[i] = Float.intBitsToFloat(four[from + i]);
                }
            }
            case FLOAT64 -> {
                for (int i = 0; i < stored; i++) {
                    into[i] = Double.longBitsToDouble(eight[from + i]);
                }
            }
            case INT32, UINT32, INT64, UINT64 -> {
                for (int i = 0; i < stored; i++) {
                    into[i] = buffer.asDouble(from + i);
                }
            }
        }
    }

    /// Returns the largest count, or -1 when a value is no count.
    private static int decodeCounts(ValueBuffer buffer, int from, int stored, int[] into) {
        int[] four = buffer.four();
        long[] eight = buffer.eight();
        boolean whole = true;
        int signs = 0;
        int most = 0;
        switch (buffer.type()) {
            case FLOAT32 -> {
                for (int i = 0; i < stored; i++) {
                    float value = Float.intBitsToFloat(four[from + i]);
                    int count = (int) value;
                    into[i] = count;
                    whole &= count == value;
                    signs |= count;
                    most = Math.max(most, count);
                }
            }
            case FLOAT64 -> {
                for (int i = 0; i < stored; i++) {
                    double value = Double.longBitsToDouble(eight[from + i]);
                    int count = (int) value;
                    into[i] = count;
                    whole &= count == value;
                    signs |= count;
                    most = Math.max(most, count);
                }
            }
            case INT32, UINT32 -> {
                for (int i = 0; i < stored; i++) {
                    into[i] = four[from + i];
                    signs |= into[i];
                    most = Math.max(most, into[i]);
                }
            }
            case INT64, UINT64 -> {
                for (int i = 0; i < stored; i++) {
                    into[i] = (int) eight[from + i];
                    whole &= into[i] == eight[from + i];
                    signs |= into[i];
                    most = Math.max(most, into[i]);
                }
            }
        }
        // 2^31 - 1 is also what a larger float is turned into.
        return whole && signs >= 0 && most < Integer.MAX_VALUE ? most : -1;
    }

    private void refuseFirstBad(CsrBlock block, int row) {
        for (int i = block.rowStarts()[row]; i < block.rowStarts()[row + 1]; i++) {
            double value = block.values().asDouble(i);
            if (!isCount(value)) {
                throw new InputRefused(
                        "%s: cell %,d, gene %,d (both counted from 0): expected a count (0, 1, 2 … up to 2^31 - 2),"
                                        .formatted(matrix, block.cells().from() + row, block.genes()[i])
                                + " found %s.".formatted(value),
                        Double.isFinite(value)
                                ? "Name the matrix that holds the counts, such as layers/counts or raw/X; for"
                                        + " log-normalised data choose seurat or cell_ranger; for estimated counts say"
                                        + " --any-values."
                                : NOT_FINITE);
            }
        }
        throw new IllegalStateException("every value of row %,d is a count".formatted(row));
    }
}
