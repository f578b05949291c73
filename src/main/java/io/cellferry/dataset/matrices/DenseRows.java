package io.cellferry.dataset.matrices;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A dense matrix, handed on without its zeros: nobody wrote them down one by one, and a sparse block that listed them
/// would take twice the room of the dense one. -0.0 is not zero to the bit and stays.
///
/// Each reading thread has a desk with its block as dense values, 4 or 8 bytes x cells x genes of the block, and the
/// chunks decoded last.
final class DenseRows implements RowSource {

    private final StoredMatrix.Dense matrix;
    private final Deque<Desk> free = new ArrayDeque<>();

    DenseRows(StoredMatrix.Dense matrix) {
        this.matrix = matrix;
    }

    @Override
    public int cells() {
        return matrix.info().cells();
    }

    @Override
    public int genes() {
        return matrix.info().genes();
    }

    @Override
    public ValueType valueType() {
        return matrix.info().valueType();
    }

    /// Whole bands of chunks where the limits leave room for one, so that no chunk is decoded for two blocks.
    @Override
    public List<CellRange> blocks(long maxStoredValues, int maxCells) {
        if (maxStoredValues < 1 || maxCells < 1) {
            throw new IllegalArgumentException(
                    "a block needs room: maxStoredValues %d, maxCells %d".formatted(maxStoredValues, maxCells));
        }
        long fitting = Math.min(maxCells, maxStoredValues / Math.max(1, genes()));
        long band = matrix.values().chunkShape().map(chunk -> chunk[0]).orElse(1L);
        long height = fitting >= band ? fitting - fitting % band : Math.max(1, fitting);
        List<CellRange> blocks = new ArrayList<>();
        for (long from = 0; from < cells(); from += height) {
            blocks.add(new CellRange((int) from, (int) Math.min(cells(), from + height)));
        }
        return blocks;
    }

    @Override
    public long storedValues(CellRange cells) {
        return (long) cells.count() * genes();
    }

    @Override
    public void read(CellRange cells, CsrBlock into) {
        int values = Math.toIntExact(storedValues(cells));
        long from = (long) cells.from() * genes();
        Desk desk = borrow(from);
        desk.rows.ensureCapacity(values);
        if (values > 0) {
            try {
                desk.cursor.read(from, values, desk.rows, 0);
            } catch (RuntimeException | Error failure) {
                desk.cursor.close();
                throw failure;
            }
        }
        desk.next = from + values;
        NonZeros.keep(desk.rows, genes(), cells, into);
        synchronized (free) {
            free.push(desk);
        }
    }

    /// The desk that stopped where this reading starts still has the chunks that both need.
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

    private final class Desk {
        final ArrayCursor cursor = matrix.values().cursor();
        final ValueBuffer rows = new ValueBuffer(valueType());
        long next;
    }

    @Override
    public boolean randomAccess() {
        return !matrix.values().giantChunks();
    }

    /// Lets go of the decoded chunks of all desks; no reading may be under way. The file belongs to the data set.
    @Override
    public void close() {
        synchronized (free) {
            free.forEach(desk -> desk.cursor.close());
            free.clear();
        }
    }
}
