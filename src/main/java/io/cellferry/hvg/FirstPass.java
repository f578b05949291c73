package io.cellferry.hvg;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.ValueType;
import org.jspecify.annotations.Nullable;

/// Sums and sums of squares per batch and gene, with the largest counts or the cell totals where a flavour needs
/// them.
///
/// Counts are added as whole numbers, anything else as doubles after `view` turned stored values into those that are
/// to be summed.
final class FirstPass implements MomentPass {

    private static final long SMALL_BYTES = 8L << 20;

    private final BatchedRows rows;
    private final int genes;
    private final Moments moments;
    private final StoredRow row;
    private final NumberView view;
    private final @Nullable SmallCounts[] small;
    private int freeSmall;

    FirstPass(CellBatches batches, Moments.Shape shape, int from, String matrix, NumberView view) {
        this.rows = new BatchedRows(batches, shape.slice());
        this.genes = shape.genes();
        this.moments = new Moments(shape, new CellRange(from, from), ValueSurvey.NOTHING);
        this.row = new StoredRow(matrix);
        this.view = view;
        this.small = new SmallCounts[shape.slice().count()];
        this.freeSmall = shape.kind() == SumKind.WHOLE ? mostSmall(genes, small.length) : 0;
    }

    /// How many batches can have small counts of their own; the others' counts are added one by one.
    private static int mostSmall(int genes, int batches) {
        return (int) Math.clamp(SMALL_BYTES / SmallCounts.bytes(genes), 1, batches);
    }

    /// What the small counts take while so many batches are added up.
    static long smallBytes(int genes, int batches) {
        return mostSmall(genes, batches) * SmallCounts.bytes(genes);
    }

    @Override
    public void add(CsrBlock block) {
        moments.extend(block.cells());
        int found = rows.sort(block);
        for (int place = 0; place < found; place++) {
            int i = rows.row(place);
            addRow(block, i, rows.batch(i));
        }
    }

    @Override
    public Moments moments() {
        for (SmallCounts counts : small) {
            if (counts != null) {
                counts.settle();
                row.seen(counts.largest());
            }
        }
        moments.survey(row.survey());
        return moments;
    }

    @Override
    public int mostTotals() {
        return moments.mostTotals();
    }

    private void addRow(CsrBlock block, int i, int number) {
        Moments.Batch batch = moments.batch(number, genes);
        int from = block.rowStarts()[i];
        int stored = block.rowStarts()[i + 1] - from;
        CellTotals totals = batch.totals();
        batch.sums().addCell();
        if (moments.shape().kind() == SumKind.WHOLE) {
            addCounts(block, i, batch, small(number, batch));
        } else {
            double[] numbers = row.numbers(block, i);
            if (totals != null) {
                totals.add(StoredRow.total(numbers, stored));
            }
            view.show(numbers, stored);
            batch.sums().addReal(block.genes(), from, view.values(), view.squares(), stored);
        }
    }

    private void addCounts(CsrBlock block, int i, Moments.Batch batch, @Nullable SmallCounts own) {
        int from = block.rowStarts()[i];
        int stored = block.rowStarts()[i + 1] - from;
        if (own != null && batch.totals() == null && block.values().type() == ValueType.FLOAT32) {
            // As nearly all counts are stored: none is looked at twice.
            int left = own.addFloats(block.genes(), block.values().four(), from, stored);
            batch.addCounts(block.genes(), from, row.counts(block, i, own.left(), left), own.left(), left);
            return;
        }
        int[] counts = row.counts(block, i);
        if (own != null) {
            int left = own.addCounts(block.genes(), from, counts, stored);
            batch.addCounts(block.genes(), from, counts, own.left(), left);
        } else {
            batch.sums().addWhole(block.genes(), from, counts, stored);
            if (batch.tails() != null) {
                batch.tails().addRow(block.genes(), from, counts, stored);
            }
        }
        if (batch.totals() != null) {
            batch.totals().add(StoredRow.total(counts, stored));
        }
    }

    private @Nullable SmallCounts small(int number, Moments.Batch batch) {
        int place = number - moments.slice().from();
        if (small[place] == null && freeSmall > 0) {
            freeSmall--;
            small[place] = new SmallCounts(batch);
        }
        return small[place];
    }
}
