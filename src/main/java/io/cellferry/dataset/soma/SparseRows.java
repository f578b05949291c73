package io.cellferry.dataset.soma;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.ValueType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A sparse layer, row by row.
///
/// The values of a row lie in as many tiles as there are blocks of columns, so a range of rows is collected from
/// all tiles whose box meets it, each value put to the next free place of its row. Tiles come in the order of their
/// columns, so rows are sorted already unless fragments overlap.
///
/// Safe for several threads: each call borrows a [RowDesk] that no other call uses; a call that continues where
/// another ended gets that one's, with the tiles that reach over.
final class SparseRows implements RowSource {

    private final SparseLayer layer;
    private final RowStarts starts;
    private final Deque<RowDesk> free = new ArrayDeque<>();

    SparseRows(SparseLayer layer) {
        this.layer = layer;
        this.starts = layer.starts();
    }

    @Override
    public int cells() {
        return layer.rows().count();
    }

    @Override
    public int genes() {
        return layer.columns().count();
    }

    @Override
    public ValueType valueType() {
        return layer.type().delivered().orElseThrow();
    }

    @Override
    public List<CellRange> blocks(long maxStoredValues, int maxCells) {
        return starts.blocks(maxStoredValues, maxCells);
    }

    @Override
    public long storedValues(CellRange cells) {
        return starts.values(cells);
    }

    @Override
    public void read(CellRange cells, CsrBlock into) {
        long values = starts.values(cells);
        if (values > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("%,d stored values do not fit one block".formatted(values));
        }
        into.reset(cells, (int) values);
        if (values == 0) {
            for (int row = 1; row <= cells.count(); row++) {
                into.rowStarts()[row] = 0;
            }
            return;
        }
        RowDesk desk = borrow(cells.from());
        try {
            desk.read(cells, into);
        } catch (RuntimeException | Error failure) {
            desk.close();
            throw failure;
        }
        synchronized (free) {
            free.push(desk);
        }
    }

    private RowDesk borrow(int from) {
        synchronized (free) {
            for (RowDesk desk : free) {
                if (desk.next() == from) {
                    free.remove(desk);
                    return desk;
                }
            }
            RowDesk any = free.poll();
            return any == null ? new RowDesk(layer, starts) : any;
        }
    }

    @Override
    public boolean randomAccess() {
        return true;
    }

    /// Lets go of the decoded tiles; no reading may be under way. The files belong to nobody in between.
    @Override
    public void close() {
        synchronized (free) {
            free.forEach(RowDesk::close);
            free.clear();
        }
    }
}
