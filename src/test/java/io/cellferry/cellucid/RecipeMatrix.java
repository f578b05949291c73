package io.cellferry.cellucid;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.ColumnVisitor;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.SparseColumn;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A small sparse matrix held in memory, readable both ways; `places` picks and orders its columns.
record RecipeMatrix(int cells, ValueType valueType, List<TreeMap<Integer, Double>> byColumn, int[] places)
        implements ColumnSource {

    static RecipeMatrix of(int cells, ValueType type, List<TreeMap<Integer, Double>> byColumn) {
        int[] places = new int[byColumn.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        return new RecipeMatrix(cells, type, byColumn, places);
    }

    RecipeMatrix picked(int[] wanted) {
        return new RecipeMatrix(cells, valueType, byColumn, wanted);
    }

    @Override
    public int genes() {
        return places.length;
    }

    @Override
    public long[] starts() {
        long[] starts = new long[places.length + 1];
        for (int position = 0; position < places.length; position++) {
            starts[position + 1] =
                    starts[position] + byColumn.get(places[position]).size();
        }
        return starts;
    }

    @Override
    public void visit(GeneRange genes, ColumnVisitor visitor) {
        SparseColumn column = new SparseColumn(valueType);
        for (int position = genes.from(); position < genes.to(); position++) {
            TreeMap<Integer, Double> stored = byColumn.get(places[position]);
            column.reset(stored.size());
            int at = 0;
            for (var entry : stored.entrySet()) {
                column.cells()[at] = entry.getKey();
                put(column.values(), at++, entry.getValue());
            }
            visitor.column(position, column);
        }
    }

    RowSource rows() {
        List<TreeMap<Integer, Double>> byRow = new ArrayList<>();
        for (int cell = 0; cell < cells; cell++) {
            byRow.add(new TreeMap<>());
        }
        for (int position = 0; position < places.length; position++) {
            int gene = position;
            byColumn.get(places[position])
                    .forEach((cell, value) -> byRow.get(cell).put(gene, value));
        }
        return new Rows(cells, places.length, valueType, byRow);
    }

    static void put(ValueBuffer values, int at, double value) {
        switch (values.type()) {
            case FLOAT32 -> values.four()[at] = Float.floatToRawIntBits((float) value);
            case INT32, UINT32 -> values.four()[at] = (int) value;
            case FLOAT64 -> values.eight()[at] = Double.doubleToRawLongBits(value);
            case INT64, UINT64 -> values.eight()[at] = (long) value;
        }
    }

    @Override
    public void close() {}

    private record Rows(int cells, int genes, ValueType valueType, List<TreeMap<Integer, Double>> byRow)
            implements RowSource {
        @Override
        public List<CellRange> blocks(long maxStoredValues, int maxCells) {
            List<CellRange> blocks = new ArrayList<>();
            // Far fewer than allowed, so that even small graphs have several blocks.
            for (int from = 0; from < cells; from += 1000) {
                blocks.add(new CellRange(from, Math.min(cells, from + 1000)));
            }
            return blocks;
        }

        @Override
        public long storedValues(CellRange range) {
            return byRow.subList(range.from(), range.to()).stream()
                    .mapToLong(TreeMap::size)
                    .sum();
        }

        @Override
        public void read(CellRange range, CsrBlock into) {
            into.reset(range, Math.toIntExact(storedValues(range)));
            int at = 0;
            for (int row = 0; row < range.count(); row++) {
                for (var entry : byRow.get(range.from() + row).entrySet()) {
                    into.genes()[at] = entry.getKey();
                    put(into.values(), at++, entry.getValue());
                }
                into.rowStarts()[row + 1] = at;
            }
        }

        @Override
        public boolean randomAccess() {
            return true;
        }

        @Override
        public void close() {}
    }
}
