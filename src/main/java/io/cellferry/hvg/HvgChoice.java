package io.cellferry.hvg;

import io.cellferry.failure.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Collects the scores of batch after batch and chooses genes in the end.
public abstract sealed class HvgChoice permits DispersionChoice, RankedChoice {

    final HvgSelection selection;
    private final List<Problem> remarks = new ArrayList<>();
    private ValueSurvey survey = ValueSurvey.NOTHING;
    private int nextBatch;

    HvgChoice(HvgSelection selection) {
        this.selection = selection;
        selection.batches().missing(selection.matrix()).ifPresent(remarks::add);
    }

    /// Scores the batches of a slice; slices come in order. `first` are the merged sums of all cells of the first
    /// pass, `second` those of [HvgSelection#secondPass] where there was one. Neither is kept.
    public final void add(Moments first, Optional<Moments> second) {
        selection.refuseIncomplete(first);
        second.ifPresent(selection::refuseIncomplete);
        if (first.slice().from() != nextBatch) {
            throw new IllegalArgumentException("batches from %,d on were given where %,d is due"
                    .formatted(first.slice().from(), nextBatch));
        }
        survey = survey.and(first.survey());
        for (int batch = first.slice().from(); batch < first.slice().to(); batch++) {
            Moments.Batch sums = first.batch(batch);
            if (sums == null) {
                throw new IllegalArgumentException("batch %,d has no cells in these sums".formatted(batch));
            }
            int passed = batch;
            addBatch(batch, sums, second.map(moments -> moments.batch(passed)).map(Moments.Batch::sums));
        }
        nextBatch = first.slice().to();
    }

    /// The table of all batches together. Values that are not what the flavour needs are refused here.
    public final HvgTable table() {
        if (nextBatch != selection.batches().count()) {
            throw new IllegalStateException("%,d of %,d batches were added"
                    .formatted(nextBatch, selection.batches().count()));
        }
        survey.refuse(selection.settings(), selection.matrix());
        List<HvgColumn> columns = columns();
        return new HvgTable(selection.settings().flavor(), selection.genes(), columns, remarks);
    }

    abstract void addBatch(int batch, Moments.Batch first, Optional<GeneSums> second);

    abstract List<HvgColumn> columns();

    /// Notes that a batch has no scores, which the others go on without.
    final void skip(int batch, String why) {
        remarks.add(Problem.warning(
                "hvg.batch.skipped",
                selection.where(batch),
                "%s; the genes were chosen without it.".formatted(why),
                "Merge small batches or leave their cells out if that is not what you want."));
    }

    /// Genes by `order`, of which the first `top` are flagged.
    static boolean[] first(int top, int genes, java.util.Comparator<Integer> order) {
        Integer[] sorted = new Integer[genes];
        Arrays.setAll(sorted, gene -> gene);
        Arrays.sort(sorted, order);
        boolean[] taken = new boolean[genes];
        for (int i = 0; i < Math.min(top, genes); i++) {
            taken[sorted[i]] = true;
        }
        return taken;
    }

    static boolean[] equalTo(int[] counts, int all) {
        boolean[] equal = new boolean[counts.length];
        for (int gene = 0; gene < equal.length; gene++) {
            equal[gene] = counts[gene] == all;
        }
        return equal;
    }
}
