package io.cellferry.hvg;

import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import java.util.Objects;

/// Counts cell totals only, for the median total. All cells make one batch, as they do when scanpy normalises.
final class TotalsPass implements MomentPass {

    static final Moments.Shape SHAPE = new Moments.Shape(SumKind.REAL, 0, 0, true, new BatchRange(0, 1));

    private final Moments moments;
    private final StoredRow row;

    TotalsPass(int from, String matrix) {
        this.moments = new Moments(SHAPE, new CellRange(from, from), ValueSurvey.NOTHING);
        this.row = new StoredRow(matrix);
    }

    @Override
    public void add(CsrBlock block) {
        moments.extend(block.cells());
        Moments.Batch batch = moments.batch(0, 0);
        CellTotals totals = Objects.requireNonNull(batch.totals());
        for (int i = 0; i < block.cells().count(); i++) {
            int stored = block.rowStarts()[i + 1] - block.rowStarts()[i];
            batch.sums().addCell();
            totals.add(StoredRow.total(row.numbers(block, i), stored));
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
}
