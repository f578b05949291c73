package io.cellferry.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// A small matrix in memory: what the transposition is given, and by plain loops over it what it has to give back.
/// Values are bits; those of four bytes stand in the low half.
class MatrixInMemory implements RowSource {

    /// Makes the bits of one stored value.
    @FunctionalInterface
    interface Values {
        long next(Random random);
    }

    private final ValueType type;
    private final int genes;
    private final int[][] rowGenes;
    private final long[][] rowBits;

    MatrixInMemory(ValueType type, int genes, int[][] rowGenes, long[][] rowBits) {
        this.type = type;
        this.genes = genes;
        this.rowGenes = rowGenes;
        this.rowBits = rowBits;
    }

    static MatrixInMemory random(Random random, ValueType type, int cells, int genes, double density, Values values) {
        int[][] rowGenes = new int[cells][];
        long[][] rowBits = new long[cells][];
        for (int cell = 0; cell < cells; cell++) {
            int[] drawn = new int[genes];
            int stored = 0;
            for (int gene = 0; gene < genes; gene++) {
                if (random.nextDouble() < density) {
                    drawn[stored++] = gene;
                }
            }
            rowGenes[cell] = Arrays.copyOf(drawn, stored);
            rowBits[cell] = new long[stored];
            Arrays.setAll(rowBits[cell], i -> values.next(random));
        }
        return new MatrixInMemory(type, genes, rowGenes, rowBits);
    }

    /// The columns of the selected genes, position by position, in the simplest way there is.
    List<Column> transposed(GeneSelection selection) {
        List<Column> columns = new ArrayList<>();
        int[][] columnCells = new int[selection.count()][0];
        long[][] columnBits = new long[selection.count()][0];
        int[] counts = new int[selection.count()];
        for (int pass = 0; pass < 2; pass++) {
            for (int position = 0; position < counts.length; position++) {
                columnCells[position] = new int[counts[position]];
                columnBits[position] = new long[counts[position]];
                counts[position] = 0;
            }
            for (int cell = 0; cell < rowGenes.length; cell++) {
                for (int i = 0; i < rowGenes[cell].length; i++) {
                    int position = selection.position(rowGenes[cell][i]);
                    if (position < 0) {
                        continue;
                    }
                    if (pass == 1) {
                        columnCells[position][counts[position]] = cell;
                        columnBits[position][counts[position]] = rowBits[cell][i];
                    }
                    counts[position]++;
                }
            }
        }
        for (int position = 0; position < counts.length; position++) {
            columns.add(new Column(position, columnCells[position], columnBits[position]));
        }
        return columns;
    }

    /// The columns that `source` delivers of `range`, copied.
    static List<Column> visited(ColumnSource source, GeneRange range) {
        List<Column> columns = new ArrayList<>();
        source.visit(range, (gene, column) -> columns.add(Column.copyOf(gene, column)));
        return columns;
    }

    /// One gene, copied. Two are the same when gene, cells and bits are.
    record Column(int gene, List<Integer> cells, List<Long> bits) {

        Column(int gene, int[] cells, long[] bits) {
            this(
                    gene,
                    Arrays.stream(cells).boxed().toList(),
                    Arrays.stream(bits).boxed().toList());
        }

        static Column copyOf(int gene, SparseColumn column) {
            long[] bits = new long[column.storedValues()];
            boolean four = column.values().type().bytes() == Integer.BYTES;
            Arrays.setAll(
                    bits,
                    i -> four
                            ? column.values().four()[i] & 0xffff_ffffL
                            : column.values().eight()[i]);
            return new Column(gene, Arrays.copyOf(column.cells(), column.storedValues()), bits);
        }
    }

    @Override
    public int cells() {
        return rowGenes.length;
    }

    @Override
    public int genes() {
        return genes;
    }

    @Override
    public ValueType valueType() {
        return type;
    }

    @Override
    public List<CellRange> blocks(long maxStoredValues, int maxCells) {
        List<CellRange> blocks = new ArrayList<>();
        int from = 0;
        while (from < cells()) {
            int to = from + 1;
            while (to < cells()
                    && to - from < maxCells
                    && storedValues(new CellRange(from, to + 1)) <= maxStoredValues) {
                to++;
            }
            blocks.add(new CellRange(from, to));
            from = to;
        }
        return blocks;
    }

    @Override
    public long storedValues(CellRange cells) {
        long sum = 0;
        for (int cell = cells.from(); cell < cells.to(); cell++) {
            sum += rowGenes[cell].length;
        }
        return sum;
    }

    @Override
    public void read(CellRange cells, CsrBlock into) {
        into.reset(cells, Math.toIntExact(storedValues(cells)));
        int at = 0;
        for (int cell = cells.from(); cell < cells.to(); cell++) {
            for (int i = 0; i < rowGenes[cell].length; i++) {
                into.genes()[at] = rowGenes[cell][i];
                if (type.bytes() == Integer.BYTES) {
                    into.values().four()[at] = (int) rowBits[cell][i];
                } else {
                    into.values().eight()[at] = rowBits[cell][i];
                }
                at++;
            }
            into.rowStarts()[cell - cells.from() + 1] = at;
        }
    }

    @Override
    public boolean randomAccess() {
        return true;
    }

    @Override
    public void close() {}
}
