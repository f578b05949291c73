package io.cellferry.hvg;

import io.cellferry.failure.InputRefused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// `seurat_v3`, `seurat_v3_paper` and `pearson_residuals`: genes by their ranks on the top lists of the batches.
///
/// Ties are broken by the order of the genes in the matrix; scanpy leaves that to an unstable sort.
final class RankedChoice extends HvgChoice {

    private final GeneSums all;
    private final double[] scoreSums;
    private final TopRanks ranks;
    private int scored;

    RankedChoice(HvgSelection selection) {
        super(selection);
        int genes = selection.genes().size();
        this.all = new GeneSums(selection.whole() ? SumKind.WHOLE : SumKind.REAL, genes);
        this.scoreSums = new double[genes];
        this.ranks = new TopRanks(genes, selection.settings().top().orElseThrow());
    }

    @Override
    void addBatch(int batch, Moments.Batch first, Optional<GeneSums> second) {
        all.merge(first.sums());
        Optional<double[]> scores = selection.settings().flavor() == Flavor.PEARSON_RESIDUALS
                ? Optional.of(residualScores(first, second))
                : varianceScores(first, second);
        if (scores.isEmpty()) {
            skip(
                    batch,
                    first.sums().cells() == 1
                            ? "its only cell allows no fit of variance on mean"
                            : "its %,d cells allow no fit of variance on mean, as too few genes vary or too many share one mean"
                                    .formatted(first.sums().cells()));
            return;
        }
        scored++;
        ranks.add(scores.get());
        for (int gene = 0; gene < scoreSums.length; gene++) {
            scoreSums[gene] += scores.get()[gene];
        }
    }

    @Override
    List<HvgColumn> columns() {
        if (scored == 0) {
            throw new InputRefused(
                    "%s: no fit of variance on mean was found, as too few genes vary or too many share one mean."
                            .formatted(selection.matrix()),
                    "Use a larger --span, fewer batches or another flavour.");
        }
        int genes = scoreSums.length;
        HvgSettings settings = selection.settings();
        boolean batched = selection.batches().batched();
        boolean residuals = settings.flavor() == Flavor.PEARSON_RESIDUALS;
        double[] means = new double[genes];
        double[] variances = new double[genes];
        Arrays.setAll(means, all::mean);
        Arrays.setAll(variances, all::variance);
        double[] scores = new double[genes];
        Arrays.setAll(scores, gene -> scoreSums[gene] / scored);
        int[] lists = ranks.lists();
        float[] medians = ranks.medians();
        Comparator<Integer> byRank = Comparator.comparingDouble(gene -> medians[gene]);
        Comparator<Integer> byLists = Comparator.comparingInt(gene -> -lists[gene]);
        Comparator<Integer> order =
                settings.flavor() == Flavor.SEURAT_V3 ? byRank.thenComparing(byLists) : byLists.thenComparing(byRank);

        List<HvgColumn> columns = new ArrayList<>();
        columns.add(new HvgColumn.Numbers("means", means));
        columns.add(new HvgColumn.Numbers("variances", variances));
        if (residuals) {
            columns.add(new HvgColumn.Numbers("residual_variances", scores));
        } else if (batched) {
            columns.add(new HvgColumn.Counts("highly_variable_nbatches", lists));
        }
        columns.add(new HvgColumn.Ranks("highly_variable_rank", medians));
        if (!residuals) {
            columns.add(new HvgColumn.Numbers("variances_norm", scores));
        } else if (batched) {
            columns.add(new HvgColumn.Counts("highly_variable_nbatches", lists));
            columns.add(new HvgColumn.Flags("highly_variable_intersection", equalTo(lists, scored)));
        }
        columns.add(new HvgColumn.Flags(HvgTable.CHOSEN, first(settings.top().orElseThrow(), genes, order)));
        return columns;
    }

    private Optional<double[]> varianceScores(Moments.Batch first, Optional<GeneSums> second) {
        Optional<Tails> tails = Optional.ofNullable(first.tails());
        return selection.fit(first).map(fitted -> fitted.scores(tails, fitted.unknown(tails), second));
    }

    private double[] residualScores(Moments.Batch first, Optional<GeneSums> second) {
        CellTotals totals = Objects.requireNonNull(first.totals());
        GeneSums differences = second.orElseThrow(() -> new IllegalStateException("a second pass is due"));
        return ResidualModel.of(first.sums(), selection.settings().theta(), selection.residualClip())
                .variances(differences, totals);
    }
}
