package io.cellferry.dataset.matrices;

import io.cellferry.dataset.Shapes;
import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.matrix.CellRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the entries of each major (cell or gene) start and end, checked: starts at 0, never decreases, ends with the
/// last stored value. Everything that reads a sparse matrix trusts this, since readers elsewhere crash or sum wrongly
/// when it does not hold.
///
/// 8 bytes x majors, held as long as the matrix is open: 9 MB for 1.16 M cells.
final class Indptr {

    /// Big enough to make one turn per chunk of any writer, small enough (512 KiB) not to count.
    private static final int SLICE = 65_536;

    private final long[] starts;

    private Indptr(long[] starts) {
        this.starts = starts;
    }

    /// Reads and checks all of it; refuses what [#check] lists.
    static Indptr load(StoredMatrix.Compressed matrix) {
        long[] starts = new long[matrix.majors() + 1];
        scan(matrix, starts).ifPresent(problem -> {
            throw Obstacle.refusal(matrix.file(), problem);
        });
        return new Indptr(starts);
    }

    /// The first thing wrong with it, found in one pass that keeps nothing.
    static Optional<Problem> check(StoredMatrix.Compressed matrix) {
        try {
            return scan(matrix, null);
        } catch (InputRefused refusal) {
            return Optional.of(Obstacle.listed(
                    matrix.file(), "input.indptr.unreadable", matrix.indptr().path(), refusal));
        }
    }

    long[] copy() {
        return starts.clone();
    }

    long start(int major) {
        return starts[major];
    }

    long storedValues(int fromMajor, int toMajor) {
        return starts[toMajor] - starts[fromMajor];
    }

    /// The major that the entry at `position` belongs to: the last one that starts there or before.
    int majorOf(long position) {
        int low = 0;
        int high = starts.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= position) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Cuts all majors into ranges as [io.cellferry.matrix.RowSource#blocks] promises: each as long as the limits
    /// allow.
    List<CellRange> blocks(long maxStoredValues, int maxCells) {
        if (maxStoredValues < 1 || maxCells < 1) {
            throw new IllegalArgumentException(
                    "a block needs room: maxStoredValues %d, maxCells %d".formatted(maxStoredValues, maxCells));
        }
        List<CellRange> blocks = new ArrayList<>();
        int majors = starts.length - 1;
        int from = 0;
        while (from < majors) {
            int to = from + 1;
            while (to < majors && to - from < maxCells && storedValues(from, to + 1) <= maxStoredValues) {
                to++;
            }
            blocks.add(new CellRange(from, to));
            from = to;
        }
        return blocks;
    }

    private static Optional<Problem> scan(StoredMatrix.Compressed matrix, long @Nullable [] keep) {
        TreeArray indptr = matrix.indptr();
        long entries = (long) matrix.majors() + 1;
        if (indptr.shape().length != 1 || indptr.shape()[0] != entries) {
            return Optional.of(problem(
                    matrix,
                    "length",
                    "must have %,d entries, one more than the %,d %ss, but its shape is %s"
                            .formatted(entries, matrix.majors(), matrix.majorWord(), Shapes.inWords(indptr.shape()))));
        }
        long previous = 0;
        try (ArrayCursor cursor = indptr.cursor()) {
            int count;
            for (long from = 0; from < entries; from += count) {
                count = (int) Math.min(SLICE, entries - from);
                long[] slice = cursor.readWholes(from, count);
                for (int i = 0; i < count; i++) {
                    long position = from + i;
                    if (position == 0 ? slice[i] != 0 : slice[i] < previous) {
                        return Optional.of(outOfOrder(matrix, position, previous, slice[i]));
                    }
                    previous = slice[i];
                }
                if (keep != null) {
                    System.arraycopy(slice, 0, keep, Math.toIntExact(from), count);
                }
            }
        }
        long storedValues = matrix.data().shape()[0];
        if (previous != storedValues) {
            return Optional.of(problem(
                    matrix,
                    "end",
                    "ends at %,d but %s holds %,d values"
                            .formatted(previous, matrix.data().path(), storedValues)));
        }
        return Optional.empty();
    }

    private static Problem outOfOrder(StoredMatrix.Compressed matrix, long position, long previous, long found) {
        boolean narrow = matrix.indptr().type() instanceof ElementType.Whole whole && whole.bytes() <= 4;
        boolean pastNarrow = matrix.data().shape()[0] > Integer.MAX_VALUE;
        if (position > 0 && narrow && (found < 0 || pastNarrow)) {
            return Problem.refusal(
                    "input.indptr.wrapped",
                    matrix.indptr().path(),
                    ("falls from %,d to %,d at entry %,d: its 32-bit positions wrapped around past 2,147,483,647, "
                                    + "%s holds %,d values")
                            .formatted(
                                    previous,
                                    found,
                                    position,
                                    matrix.data().path(),
                                    matrix.data().shape()[0]),
                    "Write the file again with 64-bit indptr: anndata 0.10.8 or newer does (issue 1261).");
        }
        return position == 0
                ? problem(matrix, "start", "must start at 0 but starts at %,d".formatted(found))
                : problem(
                        matrix,
                        "decreasing",
                        "must never decrease but falls from %,d to %,d after %s %,d"
                                .formatted(previous, found, matrix.majorWord(), position - 1));
    }

    private static Problem problem(StoredMatrix.Compressed matrix, String rule, String found) {
        return Problem.refusal(
                "input.indptr." + rule,
                matrix.indptr().path(),
                found,
                "The matrix is damaged or cut off. Copy the file again, or write it again from its source.");
    }
}
