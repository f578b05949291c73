package io.cellferry.hvg;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/// A matrix written out in a test, one array per cell; what is not 0 is stored.
final class WrittenOut implements RowSource {

    private final ValueType type;
    private final double[][] cells;

    WrittenOut(ValueType type, double[]... cells) {
        this.type = type;
        this.cells = cells;
    }

    /// Overdispersed counts with a few huge ones, so that something is cut off.
    static WrittenOut counts(long seed, int cells, int genes) {
        var random = new SplittableRandom(seed);
        double[][] values = new double[cells][genes];
        for (int gene = 0; gene < genes; gene++) {
            double mean = Math.exp(random.nextGaussian() * 1.5 - 0.5);
            for (int cell = 0; cell < cells; cell++) {
                double rate = mean * -Math.log(1 - random.nextDouble());
                values[cell][gene] = Math.floor(rate + random.nextDouble());
            }
            values[random.nextInt(cells)][gene] += random.nextInt(4) == 0 ? Math.floor(20 * mean + 40) : 0;
        }
        return new WrittenOut(ValueType.FLOAT32, values);
    }

    /// The same cells, each scaled to 100 and logged.
    WrittenOut logged() {
        double[][] logged = new double[cells.length][];
        for (int cell = 0; cell < cells.length; cell++) {
            double total = Arrays.stream(cells[cell]).sum();
            logged[cell] = Arrays.stream(cells[cell])
                    .map(value -> Math.log1p(value * 100 / Math.max(1, total)))
                    .toArray();
        }
        return new WrittenOut(type, logged);
    }

    WrittenOut map(DoubleUnaryOperator change) {
        double[][] changed = Arrays.stream(cells)
                .map(cell -> Arrays.stream(cell).map(change).toArray())
                .toArray(double[][]::new);
        return new WrittenOut(type, changed);
    }

    /// The same values in another type.
    WrittenOut as(ValueType other) {
        return new WrittenOut(other, cells);
    }

    List<String> geneNames() {
        return IntStream.range(0, genes()).mapToObj(gene -> "g" + gene).toList();
    }

    @Override
    public int cells() {
        return cells.length;
    }

    @Override
    public int genes() {
        return cells[0].length;
    }

    @Override
    public ValueType valueType() {
        return type;
    }

    @Override
    public List<CellRange> blocks(long maxStoredValues, int maxCells) {
        return List.of(new CellRange(0, cells.length));
    }

    @Override
    public long storedValues(CellRange range) {
        return (long) range.count() * genes();
    }

    @Override
    public void read(CellRange range, CsrBlock into) {
        into.reset(range, range.count() * genes());
        int stored = 0;
        for (int cell = range.from(); cell < range.to(); cell++) {
            for (int gene = 0; gene < genes(); gene++) {
                double value = cells[cell][gene];
                if (value != 0) {
                    into.genes()[stored] = gene;
                    put(into, stored++, value);
                }
            }
            into.rowStarts()[cell - range.from() + 1] = stored;
        }
    }

    private void put(CsrBlock into, int at, double value) {
        switch (type) {
            case FLOAT32 -> into.values().four()[at] = Float.floatToRawIntBits((float) value);
            case INT32, UINT32 -> into.values().four()[at] = (int) (long) value;
            case FLOAT64 -> into.values().eight()[at] = Double.doubleToRawLongBits(value);
            case INT64, UINT64 -> into.values().eight()[at] = (long) value;
        }
    }

    @Override
    public boolean randomAccess() {
        return true;
    }

    @Override
    public void close() {}
}
