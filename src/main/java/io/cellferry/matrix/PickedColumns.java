package io.cellferry.matrix;

/// Some genes of a gene-major matrix in another order: column p is the gene at `places[p]`. Neighbours in both orders
/// are read together, so taking all genes reads the matrix front to back.
public final class PickedColumns implements ColumnSource {

    private final ColumnSource all;
    private final int[] places;

    public PickedColumns(ColumnSource all, int[] places) {
        this.all = all;
        this.places = places;
    }

    @Override
    public int cells() {
        return all.cells();
    }

    @Override
    public int genes() {
        return places.length;
    }

    @Override
    public ValueType valueType() {
        return all.valueType();
    }

    @Override
    public long[] starts() {
        long[] starts = all.starts();
        long[] counts = new long[places.length];
        for (int position = 0; position < places.length; position++) {
            counts[position] = starts[places[position] + 1] - starts[places[position]];
        }
        return SpilledColumns.startsOf(counts);
    }

    @Override
    public boolean randomAccess() {
        return all.randomAccess();
    }

    @Override
    public void visit(GeneRange positions, ColumnVisitor visitor) {
        int from = positions.from();
        while (from < positions.to()) {
            int first = places[from];
            int to = from + 1;
            while (to < positions.to() && places[to] == first + (to - from)) {
                to++;
            }
            int shift = from - first;
            all.visit(
                    new GeneRange(first, first + (to - from)), (gene, column) -> visitor.column(gene + shift, column));
            from = to;
        }
    }

    @Override
    public void close() {
        all.close();
    }
}
