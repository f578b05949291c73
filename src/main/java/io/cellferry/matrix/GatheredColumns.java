package io.cellferry.matrix;

import java.util.Arrays;
import java.util.List;

/// A few genes of a matrix that is stored cell by cell, picked out of some or all of its blocks of cells in one pass.
///
/// Holds 12 bytes for each value found (twice that while a column grows), so the caller takes few genes, or few blocks,
/// at a time: it is for samples, not for whole matrices.
public final class GatheredColumns implements ColumnSource {

    private final int cells;
    private final ValueType type;
    private final Column[] columns;

    /// Reads the genes at `places` of `rows`; column p is the gene at `places[p]`. The cells of `blocks` are numbered
    /// from 0 without gaps, in the order of the blocks.
    public GatheredColumns(RowSource rows, List<CellRange> blocks, int[] places) {
        this.cells = blocks.stream().mapToInt(CellRange::count).sum();
        this.type = rows.valueType();
        this.columns = new Column[places.length];
        int[] columnOfGene = new int[rows.genes()];
        Arrays.fill(columnOfGene, -1);
        for (int position = 0; position < places.length; position++) {
            columns[position] = new Column(type);
            columnOfGene[places[position]] = position;
        }
        CsrBlock block = new CsrBlock(type);
        int firstCell = 0;
        for (CellRange range : blocks) {
            rows.read(range, block);
            gather(block, firstCell, columnOfGene);
            firstCell += range.count();
        }
    }

    private void gather(CsrBlock block, int firstCell, int[] columnOfGene) {
        for (int row = 0; row < block.cells().count(); row++) {
            for (int at = block.rowStarts()[row]; at < block.rowStarts()[row + 1]; at++) {
                int column = columnOfGene[block.genes()[at]];
                if (column >= 0) {
                    columns[column].add(firstCell + row, block.values(), at);
                }
            }
        }
    }

    @Override
    public int cells() {
        return cells;
    }

    @Override
    public int genes() {
        return columns.length;
    }

    @Override
    public ValueType valueType() {
        return type;
    }

    @Override
    public long[] starts() {
        return SpilledColumns.startsOf(
                Arrays.stream(columns).mapToLong(column -> column.filled).toArray());
    }

    @Override
    public void visit(GeneRange genes, ColumnVisitor visitor) {
        SparseColumn lent = new SparseColumn(type);
        for (int position = genes.from(); position < genes.to(); position++) {
            columns[position].lend(lent);
            visitor.column(position, lent);
        }
    }

    @Override
    public void close() {}

    /// One gene's cells and raw values, growing.
    private static final class Column {
        private int[] cells = new int[64];
        private long[] bits = new long[64];
        private int filled;

        private final boolean fourBytes;

        Column(ValueType type) {
            this.fourBytes = type.bytes() == 4;
        }

        void add(int cell, ValueBuffer values, int at) {
            if (filled == cells.length) {
                cells = Arrays.copyOf(cells, 2 * filled);
                bits = Arrays.copyOf(bits, 2 * filled);
            }
            cells[filled] = cell;
            bits[filled++] = fourBytes ? values.four()[at] : values.eight()[at];
        }

        void lend(SparseColumn column) {
            column.reset(filled);
            System.arraycopy(cells, 0, column.cells(), 0, filled);
            for (int at = 0; at < filled; at++) {
                if (fourBytes) {
                    column.values().four()[at] = (int) bits[at];
                } else {
                    column.values().eight()[at] = bits[at];
                }
            }
        }
    }
}
