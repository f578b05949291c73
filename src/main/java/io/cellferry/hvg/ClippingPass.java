package io.cellferry.hvg;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;

/// Sums of values up to a limit, and the number of values above it, for the genes that [ClipLimits] name.
///
/// A gene's place in the sums is its place in the limits of its batch. Genes of a row ascend and so do those of the
/// limits, so one walk along both finds the common ones.
final class ClippingPass implements MomentPass {

    private final CellBatches batches;
    private final ClipLimits limits;
    private final Moments moments;
    private final StoredRow row;

    ClippingPass(CellBatches batches, ClipLimits limits, Moments.Shape shape, int from, String matrix) {
        this.batches = batches;
        this.limits = limits;
        this.moments = new Moments(shape, new CellRange(from, from), ValueSurvey.NOTHING);
        this.row = new StoredRow(matrix);
    }

    @Override
    public void add(CsrBlock block) {
        moments.extend(block.cells());
        for (int i = 0; i < block.cells().count(); i++) {
            int batch = batches.batch(block.cells().from() + i);
            ClipLimits.OfBatch wanted =
                    moments.slice().contains(batch) ? limits.batches().get(batch) : null;
            if (wanted != null) {
                GeneSums sums = moments.batch(batch, wanted.genes().length).sums();
                sums.addCell();
                addRow(block, i, wanted, sums);
            }
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

    private void addRow(CsrBlock block, int i, ClipLimits.OfBatch wanted, GeneSums sums) {
        int from = block.rowStarts()[i];
        int to = block.rowStarts()[i + 1];
        int[] genes = block.genes();
        boolean whole = moments.shape().kind() == SumKind.WHOLE;
        int[] counts = whole ? row.counts(block, i) : new int[0];
        double[] numbers = whole ? new double[0] : row.numbers(block, i);
        int at = 0;
        for (int place = 0; place < wanted.genes().length; place++) {
            while (from + at < to && genes[from + at] < wanted.genes()[place]) {
                at++;
            }
            if (from + at == to) {
                return;
            }
            if (genes[from + at] == wanted.genes()[place]) {
                if (whole) {
                    sums.addWholeUpTo(place, counts[at], wanted.limits()[place]);
                } else {
                    sums.addRealUpTo(place, numbers[at], wanted.limits()[place]);
                }
            }
        }
    }
}
