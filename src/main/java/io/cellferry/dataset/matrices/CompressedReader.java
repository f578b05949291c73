package io.cellferry.dataset.matrices;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.util.ArrayDeque;
import java.util.Deque;

/// Reads the entries of consecutive majors of a sparse matrix: decodes, checks every index against the shape, orders.
///
/// Safe for several threads: each call borrows a desk (cursors and scratch arrays) that no other call uses. A call
/// that continues where an earlier one ended gets that one's desk, so a chunk on the border of two ranges is decoded
/// once and a giant chunk is read straight through.
final class CompressedReader implements AutoCloseable {

    private final StoredMatrix.Compressed matrix;
    private final Indptr indptr;
    private final Deque<Desk> free = new ArrayDeque<>();

    CompressedReader(StoredMatrix.Compressed matrix) {
        this.matrix = matrix;
        this.indptr = Indptr.load(matrix);
    }

    Indptr indptr() {
        return indptr;
    }

    ValueType valueType() {
        return matrix.info().valueType();
    }

    boolean randomAccess() {
        return !matrix.data().giantChunks() && !matrix.indices().giantChunks();
    }

    /// How many entries the majors hold as stored; more than an array can hold are refused.
    int entries(int fromMajor, int toMajor) {
        long entries = indptr.storedValues(fromMajor, toMajor);
        if (entries <= Integer.MAX_VALUE - 8) {
            return (int) entries;
        }
        if (toMajor - fromMajor > 1) {
            throw new IllegalArgumentException("%,d stored values do not fit one block".formatted(entries));
        }
        throw new InputRefused(
                "%s: %s: %s %,d alone holds %,d entries, though the matrix has only %,d %ss."
                        .formatted(
                                matrix.file(),
                                matrix.info().path(),
                                matrix.majorWord(),
                                fromMajor,
                                entries,
                                matrix.minors(),
                                matrix.minorWord()),
                "Sum the duplicate entries (scipy: X.sum_duplicates()) and write the file again.");
    }

    /// Reads majors `[fromMajor, toMajor)` into the given arrays, which have room for [#entries]; `starts` gets one
    /// entry more than there are majors.
    void read(int fromMajor, int toMajor, int[] starts, int[] minors, ValueBuffer values) {
        long from = indptr.start(fromMajor);
        int count = entries(fromMajor, toMajor);
        Desk desk = borrow(from);
        try {
            read(desk, from, count, minors, values);
            starts[0] = 0;
            for (int major = fromMajor; major < toMajor; major++) {
                starts[major - fromMajor + 1] = desk.order.settle(
                        minors,
                        values,
                        (int) (indptr.start(major) - from),
                        (int) (indptr.start(major + 1) - from),
                        starts[major - fromMajor]);
            }
        } catch (RuntimeException | Error failure) {
            // Nobody knows what state its cursors are in.
            desk.close();
            throw failure;
        }
        giveBack(desk);
    }

    private void read(Desk desk, long from, int count, int[] minors, ValueBuffer values) {
        if (count == 0) {
            return;
        }
        desk.data.read(from, count, values, 0);
        ValueType type = matrix.indices().valueType();
        if (type.bytes() == Integer.BYTES) {
            ValueBuffer bits = ValueBuffer.over(type, minors);
            desk.indices.read(from, count, bits, 0);
            check(bits, count, from);
        } else {
            desk.indexBits.ensureCapacity(count);
            desk.indices.read(from, count, desk.indexBits, 0);
            narrow(desk.indexBits, minors, count, from);
        }
        desk.next = from + count;
    }

    private void check(ValueBuffer bits, int count, long from) {
        int[] four = bits.four();
        int limit = matrix.minors();
        // The sign is set by a negative index and by one beyond the last; without an early end the loop can run on
        // vectors.
        int signs = 0;
        for (int i = 0; i < count; i++) {
            signs |= four[i] | limit - 1 - four[i];
        }
        if (signs < 0) {
            throw firstOutOfRange(bits, count, from);
        }
    }

    /// The same for indices of eight bytes, which become `minors`.
    private void narrow(ValueBuffer bits, int[] minors, int count, long from) {
        long[] eight = bits.eight();
        int limit = matrix.minors();
        long signs = 0;
        for (int i = 0; i < count; i++) {
            signs |= eight[i] | limit - 1L - eight[i];
            minors[i] = (int) eight[i];
        }
        if (signs < 0) {
            throw firstOutOfRange(bits, count, from);
        }
    }

    private InputRefused firstOutOfRange(ValueBuffer bits, int count, long from) {
        int index = 0;
        while (index < count && isInRange(bits, index)) {
            index++;
        }
        return outOfRange(bits, index, from + index);
    }

    private boolean isInRange(ValueBuffer bits, int index) {
        return bits.type().bytes() == Integer.BYTES
                ? Integer.compareUnsigned(bits.four()[index], matrix.minors()) < 0
                : Long.compareUnsigned(bits.eight()[index], matrix.minors()) < 0;
    }

    private InputRefused outOfRange(ValueBuffer bits, int index, long position) {
        int major = indptr.majorOf(position);
        return new InputRefused(
                "%s: %s: entry %,d belongs to %s %,d and names %s %s, but the matrix has %,d %ss, numbered from 0."
                        .formatted(
                                matrix.file(),
                                matrix.indices().path(),
                                position,
                                matrix.majorWord(),
                                major,
                                matrix.minorWord(),
                                asText(bits, index),
                                matrix.minors(),
                                matrix.minorWord()),
                "The matrix is damaged, or its shape is not the one it was made with. Write the file again from its "
                        + "source.");
    }

    private static String asText(ValueBuffer bits, int index) {
        return switch (bits.type()) {
            case INT32 -> "%,d".formatted(bits.four()[index]);
            case UINT32 -> "%,d".formatted(Integer.toUnsignedLong(bits.four()[index]));
            case INT64 -> "%,d".formatted(bits.eight()[index]);
            case UINT64 -> Long.toUnsignedString(bits.eight()[index]);
            case FLOAT32, FLOAT64 -> String.valueOf(bits.asDouble(index));
        };
    }

    private Desk borrow(long from) {
        synchronized (free) {
            for (Desk desk : free) {
                if (desk.next == from) {
                    free.remove(desk);
                    return desk;
                }
            }
            Desk any = free.poll();
            return any == null ? new Desk() : any;
        }
    }

    private void giveBack(Desk desk) {
        synchronized (free) {
            free.push(desk);
        }
    }

    /// Lets go of the decoded chunks of all desks; no reading may be under way.
    @Override
    public void close() {
        synchronized (free) {
            free.forEach(Desk::close);
            free.clear();
        }
    }

    /// What one reading thread needs: 8 bytes per entry of its block where indices are that wide, and one decoded chunk
    /// per cursor.
    private final class Desk {
        final ArrayCursor data = matrix.data().cursor();
        final ArrayCursor indices = matrix.indices().cursor();
        final ValueBuffer indexBits = new ValueBuffer(matrix.indices().valueType());
        final EntryOrder order = new EntryOrder(Addition.of(matrix.data()));
        long next;

        void close() {
            data.close();
            indices.close();
        }
    }
}
