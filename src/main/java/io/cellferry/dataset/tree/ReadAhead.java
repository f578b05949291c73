package io.cellferry.dataset.tree;

import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.util.List;
import java.util.Optional;

/// How an array of numbers is read whose chunks lie side by side in more bytes than a cursor keeps: tall and narrow
/// chunks, of which a single row may touch hundreds.
///
/// A cursor that keeps none of them would decode all of them again for every few rows asked for. So it is asked for
/// many rows at once, [#MOST_AHEAD_BYTES] of them, and these are held for the ranges that follow. `type` is what is
/// delivered, one value an element; `band` counts the elements that a row of chunks covers, `plane` those after which
/// rows of chunks begin anew: all of them, unless the first extents of a chunk are 1.
public record ReadAhead(ValueType type, long band, long plane) {

    /// As much as a cursor may keep of a band that fits.
    private static final long MOST_AHEAD_BYTES = 64L << 20;

    public ReadAhead {
        if (band < 1 || plane < band) {
            throw new IllegalArgumentException("a band of %,d elements in a plane of %,d".formatted(band, plane));
        }
    }

    /// Of an array of `shape` in chunks of `chunk`; no extent is 0. Empty where the elements of a chunk follow one
    /// another in the array too: then the one chunk that every cursor keeps is enough.
    public static Optional<ReadAhead> of(ValueType type, long[] shape, long[] chunk) {
        int first = 0;
        while (first < shape.length && Math.min(shape[first], chunk[first]) == 1) {
            first++;
        }
        if (first == shape.length) {
            return Optional.empty();
        }
        long row = 1;
        boolean sideBySide = false;
        for (int dimension = first + 1; dimension < shape.length; dimension++) {
            row = Math.multiplyExact(row, shape[dimension]);
            sideBySide |= chunk[dimension] < shape[dimension];
        }
        long rows = Math.min(shape[first], chunk[first]);
        return sideBySide
                ? Optional.of(new ReadAhead(type, Math.multiplyExact(rows, row), Math.multiplyExact(shape[first], row)))
                : Optional.empty();
    }

    /// What a cursor holds beside what it decodes.
    public long heapBytes() {
        return (long) most() * type.bytes();
    }

    /// How often a chunk is decoded when the array is read front to back in ranges of any length.
    public long decodings() {
        return Math.ceilDiv(band, most());
    }

    private int most() {
        return (int) Math.min(band, MOST_AHEAD_BYTES / type.bytes());
    }

    /// Reads through `cursor`, which is closed with it.
    public ArrayCursor over(ArrayCursor cursor) {
        return new Ahead(cursor);
    }

    /// Holds [ReadAhead#heapBytes], from the first range that is shorter than that.
    private final class Ahead implements ArrayCursor {

        private final ArrayCursor cursor;
        private final ValueBuffer held = new ValueBuffer(type);
        private long heldFrom;
        private int heldCount;

        Ahead(ArrayCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public long count() {
            return cursor.count();
        }

        @Override
        public int valuesPerElement() {
            return cursor.valuesPerElement();
        }

        @Override
        public void read(long from, int elements, ValueBuffer into, int at) {
            if (from < 0 || elements < 0 || from > count() - elements || into.type() != type) {
                cursor.read(from, elements, into, at); // refuses it
                return;
            }
            int count;
            for (int done = 0; done < elements; done += count) {
                count = part(from + done, elements - done, into, at + done);
            }
        }

        /// The first of `elements` from `from` on; how many.
        private int part(long from, int elements, ValueBuffer into, int at) {
            if (from < heldFrom || from >= heldFrom + heldCount) {
                long inPlane = from % plane;
                long bandEnd = Math.min(plane, (inPlane / band + 1) * band);
                int ahead = (int) Math.min(bandEnd - inPlane, most());
                if (ahead <= elements) {
                    cursor.read(from, ahead, into, at);
                    return ahead;
                }
                heldCount = 0;
                held.ensureCapacity(ahead);
                cursor.read(from, ahead, held, 0);
                heldFrom = from;
                heldCount = ahead;
            }
            int count = (int) Math.min(elements, heldFrom + heldCount - from);
            into.copy(held, (int) (from - heldFrom), at, count);
            return count;
        }

        @Override
        public long[] readWholes(long from, int elements) {
            return cursor.readWholes(from, elements);
        }

        @Override
        public List<String> readTexts(long from, int elements) {
            return cursor.readTexts(from, elements);
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
