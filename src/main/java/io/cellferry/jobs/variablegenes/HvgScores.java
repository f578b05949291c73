package io.cellferry.jobs.variablegenes;

import io.cellferry.dataset.CellDataset;
import io.cellferry.hvg.BatchRange;
import io.cellferry.hvg.CellBatches;
import io.cellferry.hvg.HvgChoice;
import io.cellferry.hvg.HvgSelection;
import io.cellferry.hvg.HvgSettings;
import io.cellferry.hvg.HvgTable;
import io.cellferry.hvg.MomentPass;
import io.cellferry.hvg.Moments;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// The scores that a run of a plan finds, found again by one thread that writes nothing: range after range, added up in
/// the same order. For comparing; a matrix that lies gene by gene would have to be turned and cannot be asked for.
///
/// Memory: two states of a slice and a block, as for one worker of a run.
public final class HvgScores {

    private final HvgPlan plan;
    private final RowSource rows;
    private final HvgSelection plain;

    private HvgScores(HvgPlan plan, RowSource rows, HvgSelection plain) {
        this.plan = plan;
        this.rows = rows;
        this.plain = plain;
    }

    /// Of `dataset`, for which `plan` was made; `where` names it in refusals.
    public static HvgTable of(CellDataset dataset, HvgPlan plan, HvgOptions options, String where) {
        if (plan.turning().isPresent()) {
            throw new IllegalArgumentException(plan.matrix() + " lies gene by gene");
        }
        CellBatches batches = BatchColumn.of(dataset, options, dataset.catalogue());
        List<String> genes =
                dataset.geneNames(plan.matrix(), options.geneNames()).names();
        try (RowSource rows = dataset.rows(plan.matrix())) {
            ValueType type = rows.valueType();
            HvgSelection plain = HvgSelection.of(options.settings(), where, type, genes, batches);
            HvgScores scores = new HvgScores(plan, rows, plain);
            HvgSettings settings = options.settings();
            if (plan.logBase().isPresent()) {
                settings = settings.withLogBase(plan.logBase().getAsDouble());
            }
            if (options.wantsMedian()) {
                Moments totals = scores.sum(plain::totalsPass);
                settings = settings.withTotal(plain.medianTotal(totals));
            }
            return scores.table(HvgSelection.of(settings, where, type, genes, batches));
        }
    }

    private HvgTable table(HvgSelection selection) {
        HvgChoice choice = selection.choice();
        for (BatchRange slice : plan.slices()) {
            Moments first = sum(firstCell -> selection.firstPass(firstCell, slice, HvgSelection.KEPT));
            Optional<Moments> second = selection.secondPass(first).map(pass -> sum(pass::from));
            choice.add(first, second);
        }
        return choice.table();
    }

    private Moments sum(IntFunction<MomentPass> start) {
        CsrBlock block = PassStep.block(rows, plan);
        Moments all = null;
        for (CellRange cells : plan.ranges()) {
            Moments some = PassStep.added(rows, block, plain, cells, start);
            if (all == null) {
                all = some;
            } else {
                all.merge(some);
                plain.refuseTooManyTotals(all);
            }
        }
        if (all == null) {
            throw new IllegalStateException("the plan has no ranges");
        }
        return all;
    }
}
