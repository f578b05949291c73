package io.cellferry.hvg;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;

/// Sums and sums of squares per batch and gene, with the largest counts or the cell totals where a flavour needs
/// them.
///
/// Counts are added as whole numbers, anything else as doubles after `view` turned stored values into those that are
/// to be summed.
final class FirstPass implements MomentPass {

    private final BatchedRows rows;
    private final int genes;
    private final Moments moments;
    private final StoredRow row;
    private final NumberView view;

    FirstPass(CellBatches batches, Moments.Shape shape, int from, String matrix, NumberView view) {
        this.rows = new BatchedRows(batches, shape.slice());
        this.genes = shape.genes();
        this.moments = new Moments(shape, new CellRange(from, from), ValueSurvey.NOTHING);
        this.row = new StoredRow(matrix);
        this.view = view;
    }

    @Override
    public void add(CsrBlock block) {
        moments.extend(block.cells());
        int found = rows.sort(block);
        for (int place = 0; place < found; place++) {
            int i = rows.row(place);
            addRow(block, i, moments.batch(rows.batch(i), genes));
        }
        moments.survey(row.survey());
    }

    @Override
    public Moments moments() {
        return moments;
    }

    private void addRow(CsrBlock block, int i, Moments.Batch batch) {
        int from = block.rowStarts()[i];
        int stored = block.rowStarts()[i + 1] - from;
        CellTotals totals = batch.totals();
        batch.sums().addCell();
        if (moments.shape().kind() == SumKind.WHOLE) {
            int[] counts = row.counts(block, i);
            batch.sums().addWhole(block.genes(), from, counts, stored);
            Tails tails = batch.tails();
            if (tails != null) {
                tails.addRow(block.genes(), from, counts, stored);
            }
            if (totals != null) {
                totals.add(StoredRow.total(counts, stored));
            }
        } else {
            double[] numbers = row.numbers(block, i);
            if (totals != null) {
                totals.add(StoredRow.total(numbers, stored));
            }
            view.show(numbers, stored);
            batch.sums().addReal(block.genes(), from, view.values(), view.squares(), stored);
        }
    }
}
