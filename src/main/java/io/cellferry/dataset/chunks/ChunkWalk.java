package io.cellferry.dataset.chunks;

import java.util.Arrays;

/// Finds the chunks that a range of elements touches, and which lines of each belong to it.
///
/// Elements count row by row over the whole array, chunks row by row over the grid, and the elements of a chunk row by
/// row over its full extent, at the border too. Last dimensions that a single chunk spans are taken together with the
/// one before, so that chunks as wide as their array are one line. Used by one thread.
public final class ChunkWalk {

    /// Receives elements of chunk number `chunk`.
    @FunctionalInterface
    public interface Visitor {
        void take(long chunk, Lines lines);
    }

    private final long[] shape;
    private final long[] chunk;
    private final long[] across;
    /// Elements from one row to the next, in each dimension: of the array and of a chunk.
    private final long[] steps;

    private final long[] chunkSteps;
    private final int last;

    private final long[] position;
    private final long[] extent;
    private int rows;

    /// `chunk` has an extent of at least 1 for each of `shape`; a single value has none.
    public ChunkWalk(long[] shape, long[] chunk) {
        if (shape.length != chunk.length || Arrays.stream(chunk).anyMatch(one -> one < 1)) {
            throw new IllegalArgumentException(
                    "chunks of %s in an array of %s".formatted(Arrays.toString(chunk), Arrays.toString(shape)));
        }
        int rank = Math.max(1, shape.length);
        long length = shape.length == 0 ? 1 : shape[rank - 1];
        long chunkLength = shape.length == 0 ? 1 : chunk[rank - 1];
        while (rank > 1 && length == chunkLength) {
            rank--;
            length *= shape[rank - 1];
            chunkLength *= chunk[rank - 1];
        }
        this.shape = Arrays.copyOf(shape, rank);
        this.chunk = Arrays.copyOf(chunk, rank);
        this.last = rank - 1;
        this.shape[last] = length;
        this.chunk[last] = chunkLength;
        this.across = new long[rank];
        this.steps = new long[rank];
        this.chunkSteps = new long[rank];
        this.position = new long[rank];
        this.extent = new long[rank];
        long size = 1;
        long chunkSize = 1;
        for (int dimension = last; dimension >= 0; dimension--) {
            across[dimension] = Math.ceilDiv(this.shape[dimension], this.chunk[dimension]);
            steps[dimension] = size;
            chunkSteps[dimension] = chunkSize;
            size *= this.shape[dimension];
            chunkSize *= this.chunk[dimension];
        }
    }

    /// How many chunks the rows of elements `[from, from + count)` lie in; `count` is not 0.
    public long chunks(long from, int count) {
        long chunks = band(from + count - 1) - band(from) + 1;
        for (int dimension = 1; dimension <= last; dimension++) {
            chunks *= across[dimension];
        }
        return chunks;
    }

    private long band(long element) {
        return element / steps[0] / chunk[0];
    }

    /// Hands on elements `[from, from + count)`, each once, chunk after chunk. A chunk without such elements is not
    /// named; the elements of one come in ascending order and with few calls.
    public void visit(long from, int count, Visitor visitor) {
        if (count == 0) {
            return;
        }
        Arrays.fill(position, 0);
        position[0] = band(from);
        long lastBand = band(from + count - 1);
        do {
            chunk(new Range(from, from + count), visitor);
        } while (nextChunk(lastBand));
    }

    private record Range(long from, long end) {}

    private boolean nextChunk(long lastBand) {
        for (int dimension = last; dimension >= 0; dimension--) {
            position[dimension]++;
            if (position[dimension] < (dimension == 0 ? lastBand + 1 : across[dimension])) {
                return true;
            }
            if (dimension > 0) {
                position[dimension] = 0;
            }
        }
        return false;
    }

    private void chunk(Range range, Visitor visitor) {
        long number = 0;
        long start = 0;
        for (int dimension = 0; dimension <= last; dimension++) {
            long origin = position[dimension] * chunk[dimension];
            number = number * across[dimension] + position[dimension];
            start += origin * steps[dimension];
            extent[dimension] = Math.min(chunk[dimension], shape[dimension] - origin);
        }
        rows = last - 1;
        while (rows > 0 && extent[rows] == 1) {
            rows--;
        }
        planes(0, number, start, 0, range, visitor);
    }

    /// `start` is the element where the part of the chunk at hand begins, `inChunk` the same within the chunk. A plane
    /// has two dimensions of more than one element, or fewer: [#rows] and the last.
    private void planes(int dimension, long number, long start, long inChunk, Range range, Visitor visitor) {
        if (dimension >= rows) {
            plane(number, start, inChunk, range, visitor);
            return;
        }
        long step = steps[dimension];
        for (long row = Math.max(0, (range.from - start) / step);
                row < extent[dimension] && start + row * step < range.end;
                row++) {
            planes(dimension + 1, number, start + row * step, inChunk + row * chunkSteps[dimension], range, visitor);
        }
    }

    /// At most three pieces: the lines that lie in the range, and the one before and after them that it cuts.
    private void plane(long number, long start, long inChunk, Range range, Visitor visitor) {
        long lines = rows < 0 ? 1 : extent[rows];
        long step = rows < 0 ? shape[last] : steps[rows];
        long chunkStep = rows < 0 ? chunk[last] : chunkSteps[rows];
        long length = extent[last];
        long first = range.from <= start ? 0 : Math.ceilDiv(range.from - start, step);
        long end = range.end - start < length ? 0 : Math.min(lines, (range.end - start - length) / step + 1);
        if (first > 0 && first <= lines) {
            long line = first - 1;
            cut(number, start + line * step, inChunk + line * chunkStep, range, visitor);
        }
        if (first < end) {
            boolean single = end - first == 1;
            visitor.take(
                    number,
                    new Lines(
                            inChunk + first * chunkStep,
                            (int) length,
                            (int) (end - first),
                            single ? 0 : chunkStep,
                            (int) (start + first * step - range.from),
                            single ? 0 : (int) step));
        }
        long after = Math.max(first, end);
        if (after < lines) {
            cut(number, start + after * step, inChunk + after * chunkStep, range, visitor);
        }
    }

    /// What of the line from `start` lies in the range, if anything does.
    private void cut(long number, long start, long inChunk, Range range, Visitor visitor) {
        long first = Math.max(start, range.from);
        long end = Math.min(start + extent[last], range.end);
        if (first < end) {
            int place = (int) (first - range.from);
            visitor.take(number, Lines.one(inChunk + first - start, (int) (end - first), place));
        }
    }
}
