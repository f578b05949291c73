package io.cellferry.hvg;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import java.util.Map;
import java.util.Objects;

/// Adds up by how much the residuals of stored values differ from those of zeros.
final class ResidualPass implements MomentPass {

    private final BatchedRows rows;
    private final Map<Integer, ResidualModel> models;
    private final boolean whole;
    private final Moments moments;
    private final StoredRow row;

    ResidualPass(
            CellBatches batches,
            Map<Integer, ResidualModel> models,
            boolean whole,
            Moments.Shape shape,
            int from,
            String matrix) {
        this.rows = new BatchedRows(batches, shape.slice());
        this.models = models;
        this.whole = whole;
        this.moments = new Moments(shape, new CellRange(from, from), ValueSurvey.NOTHING);
        this.row = new StoredRow(matrix);
    }

    @Override
    public void add(CsrBlock block) {
        moments.extend(block.cells());
        int found = rows.sort(block);
        for (int place = 0; place < found; place++) {
            int i = rows.row(place);
            int batch = rows.batch(i);
            GeneSums sums = moments.batch(batch, moments.shape().genes()).sums();
            sums.addCell();
            addRow(block, i, Objects.requireNonNull(models.get(batch)), sums);
        }
        moments.survey(row.survey());
    }

    @Override
    public Moments moments() {
        return moments;
    }

    @Override
    public int mostTotals() {
        return moments.mostTotals();
    }

    private void addRow(CsrBlock block, int i, ResidualModel model, GeneSums sums) {
        int from = block.rowStarts()[i];
        int stored = block.rowStarts()[i + 1] - from;
        if (whole) {
            int[] counts = row.counts(block, i);
            double total = StoredRow.total(counts, stored);
            for (int at = 0; at < stored; at++) {
                if (counts[at] > 0) {
                    model.add(sums, block.genes()[from + at], counts[at], total);
                }
            }
        } else {
            double[] numbers = row.numbers(block, i);
            double total = StoredRow.total(numbers, stored);
            for (int at = 0; at < stored; at++) {
                if (numbers[at] > 0) {
                    model.add(sums, block.genes()[from + at], numbers[at], total);
                }
            }
        }
    }
}
