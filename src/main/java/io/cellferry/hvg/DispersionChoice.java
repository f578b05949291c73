package io.cellferry.hvg;

import io.cellferry.failure.InputRefused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// `seurat` and `cell_ranger`: genes by normalised dispersion, averaged over batches.
///
/// 44 bytes a gene. Ties are broken by gene name, as the grouping in scanpy does; genes with the same name stay apart
/// here, where scanpy merges them.
final class DispersionChoice extends HvgChoice {

    private static final String REMEDY =
            "Filter genes without values, choose another flavour, or give cut-offs instead of --top.";

    private final double[] means;
    private final Average dispersions;
    private final Average scores;
    private final int[] taken;
    private boolean[] flags = new boolean[0];
    private int scored;

    DispersionChoice(HvgSelection selection) {
        super(selection);
        int genes = selection.genes().size();
        this.means = new double[genes];
        this.dispersions = new Average(genes);
        this.scores = new Average(genes);
        this.taken = new int[genes];
    }

    /// Averages that pass over missing numbers.
    private record Average(double[] sums, int[] counts) {
        Average(int genes) {
            this(new double[genes], new int[genes]);
        }

        void add(int gene, double value) {
            if (!Double.isNaN(value)) {
                sums[gene] += value;
                counts[gene]++;
            }
        }

        double[] values() {
            double[] values = new double[sums.length];
            Arrays.setAll(values, gene -> counts[gene] == 0 ? Double.NaN : sums[gene] / counts[gene]);
            return values;
        }
    }

    @Override
    void addBatch(int batch, Moments.Batch first, Optional<GeneSums> second) {
        GeneSums sums = first.sums();
        boolean batched = selection.batches().batched();
        HvgSettings settings = selection.settings();
        int[] kept = IntStream.range(0, sums.genes())
                .filter(gene -> !batched || sums.counted(gene) > 0)
                .toArray();
        Optional<BatchDispersion> dispersion = BatchDispersion.of(
                settings,
                Arrays.stream(kept).mapToDouble(sums::mean).toArray(),
                Arrays.stream(kept).mapToDouble(sums::variance).toArray());
        Optional<boolean[]> chosen = dispersion.flatMap(found -> found.taken(settings.top(), settings.cutoffs()));
        if (dispersion.isEmpty() || chosen.isEmpty()) {
            String why = dispersion.isEmpty()
                    ? "the means of its genes give no bins, as too many are equal"
                    : "no gene has a score, as dispersions do not differ";
            if (!batched) {
                throw new InputRefused("%s: %s.".formatted(selection.matrix(), why), REMEDY);
            }
            skip(batch, why);
            return;
        }
        scored++;
        flags = new boolean[sums.genes()];
        for (int i = 0; i < kept.length; i++) {
            int gene = kept[i];
            means[gene] += dispersion.get().means()[i];
            dispersions.add(gene, dispersion.get().dispersions()[i]);
            scores.add(gene, dispersion.get().scores()[i]);
            flags[gene] = chosen.get()[i];
            taken[gene] += flags[gene] ? 1 : 0;
        }
        addDropped(kept);
    }

    /// Genes without a value in the batch count as 0 in the averages, as in scanpy.
    private void addDropped(int[] kept) {
        int next = 0;
        for (int gene = 0; gene < means.length; gene++) {
            if (next < kept.length && kept[next] == gene) {
                next++;
            } else {
                dispersions.add(gene, 0);
                scores.add(gene, 0);
            }
        }
    }

    @Override
    List<HvgColumn> columns() {
        if (scored == 0) {
            throw new InputRefused("%s: no batch could be scored.".formatted(selection.matrix()), REMEDY);
        }
        HvgSettings settings = selection.settings();
        boolean batched = selection.batches().batched();
        Arrays.setAll(means, gene -> means[gene] / scored);
        double[] averageScores = scores.values();
        if (batched) {
            flags = settings.top().isPresent()
                    ? first(settings.top().getAsInt(), means.length, order(averageScores))
                    : withinCutoffs(averageScores);
        }
        List<HvgColumn> columns = new ArrayList<>();
        columns.add(new HvgColumn.Numbers("means", means));
        columns.add(new HvgColumn.Numbers("dispersions", dispersions.values()));
        columns.add(new HvgColumn.Numbers("dispersions_norm", averageScores));
        columns.add(new HvgColumn.Flags(HvgTable.CHOSEN, flags));
        if (batched) {
            columns.add(new HvgColumn.Counts("highly_variable_nbatches", taken));
            columns.add(new HvgColumn.Flags("highly_variable_intersection", equalTo(taken, scored)));
        }
        return columns;
    }

    /// By number of batches, then by average score with missing ones last, then by name.
    private Comparator<Integer> order(double[] averageScores) {
        Comparator<Integer> byBatches = Comparator.comparingInt(gene -> -taken[gene]);
        return byBatches
                .thenComparing(Comparator.comparingDouble(
                        gene -> Double.isNaN(averageScores[gene]) ? Double.NaN : 0.0 - averageScores[gene]))
                .thenComparing(gene -> selection.genes().get(gene), CodePointOrder.TEXT);
    }

    private boolean[] withinCutoffs(double[] averageScores) {
        boolean[] within = new boolean[means.length];
        for (int gene = 0; gene < within.length; gene++) {
            averageScores[gene] = Double.isNaN(averageScores[gene]) ? 0 : averageScores[gene];
            within[gene] = selection.settings().cutoffs().take(means[gene], averageScores[gene]);
        }
        return within;
    }
}
