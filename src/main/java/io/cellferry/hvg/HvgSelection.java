package io.cellferry.hvg;

import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Chooses the highly variable genes of one matrix: the entrance to this package.
///
/// ```
/// for each slice of batches                      (all batches at once where they fit)
///     first  = firstPass over ranges of cells, merged from first to last
///     second = the passes of secondPass(first), merged likewise, where there is one
///     choice.add(first, second)
/// choice.table()
/// ```
///
/// A median total is found beforehand: `totalsPass`, `medianTotal`, `settings.withTotal`. Memory: one [Moments] of a
/// slice a thread ([Moments#batchBytes] for every batch of it that has cells in the thread's range), the merged ones,
/// and in the choice 60 bytes a gene and 8 bytes for every place on a batch's top list.
public final class HvgSelection {

    /// Largest counts kept per gene by `seurat_v3`. In real and simulated data at most six lie above the limit.
    public static final int KEPT = 16;

    /// Distinct totals of cells in one batch. Counts of millions of cells have fewer; fractions have one a cell.
    public static final int MOST_TOTALS = 1 << 20;

    private final HvgSettings settings;
    private final String matrix;
    private final ValueType type;
    private final List<String> genes;
    private final CellBatches batches;

    private HvgSelection(HvgSettings settings, String matrix, ValueType type, List<String> genes, CellBatches batches) {
        this.settings = settings;
        this.matrix = matrix;
        this.type = type;
        this.genes = List.copyOf(genes);
        this.batches = batches;
    }

    /// `matrix` names file and matrix in messages, `genes` are the names in matrix order.
    public static HvgSelection of(
            HvgSettings settings, String matrix, ValueType type, List<String> genes, CellBatches batches) {
        if (genes.isEmpty() || batches.cells() == 0) {
            throw new InputRefused(
                    "%s: expected cells and genes, found %,d cells x %,d genes."
                            .formatted(matrix, batches.cells(), genes.size()),
                    "Name a matrix that holds values.");
        }
        return new HvgSelection(settings, matrix, type, genes, batches);
    }

    /// All batches in as few slices of equal width as keep one state within `bytes`, at least one batch in each. A
    /// run of `threads` holds one state a thread and the merged one.
    public List<BatchRange> slices(long bytes, int kept) {
        long fitting = Math.max(
                1,
                bytes
                        / Moments.batchBytes(
                                genes.size(), firstShape(batches.all(), kept).kept()));
        long count = Math.ceilDiv(batches.count(), fitting);
        List<BatchRange> slices = new ArrayList<>();
        for (long slice = 0; slice < count; slice++) {
            slices.add(new BatchRange(
                    (int) (slice * batches.count() / count), (int) ((slice + 1) * batches.count() / count)));
        }
        return slices;
    }

    /// What one batch takes in the sums of the first pass; those of the second are never larger.
    public long batchBytes() {
        return Moments.batchBytes(genes.size(), firstShape(batches.all(), KEPT).kept());
    }

    /// What a worker holds beside them while so many batches are added up for the first time.
    public static long besideBytes(int genes, int batches) {
        return FirstPass.smallBytes(genes, batches);
    }

    /// Refuses sums whose totals would outgrow what is counted for them. Ask after each merge.
    public void refuseTooManyTotals(Moments moments) {
        refuseTooManyTotals(moments.mostTotals());
    }

    /// The same for sums that are being added up. Ask after each block.
    public void refuseTooManyTotals(MomentPass pass) {
        refuseTooManyTotals(pass.mostTotals());
    }

    private void refuseTooManyTotals(int distinct) {
        if (distinct > MOST_TOTALS) {
            throw new InputRefused(
                    "%s: expected counts, whose cells share their totals; found more than %,d different totals."
                            .formatted(matrix, MOST_TOTALS),
                    "Name the matrix that holds the counts, or give --log-normalize a number such as 1e4.");
        }
    }

    /// Counts cell totals from `firstCell` on, for [#medianTotal].
    public MomentPass totalsPass(int firstCell) {
        return new TotalsPass(firstCell, matrix);
    }

    /// The median total of all cells that have any value, from the merged sums of [#totalsPass].
    public double medianTotal(Moments totals) {
        refuseIncomplete(totals);
        Moments.Batch all = Objects.requireNonNull(totals.batch(0));
        double median = Objects.requireNonNull(all.totals()).medianAboveZero();
        if (!(median > 0)) {
            throw new InputRefused(
                    "%s: no cell has any counts, so there is no median total.".formatted(matrix),
                    "Name the matrix that holds the counts.");
        }
        return median;
    }

    /// Sums the cells of the batches of `slice` from `firstCell` on. `kept` counts are kept per gene where that can
    /// spare a second pass; 0 keeps none. The result is the same, whatever is kept.
    public MomentPass firstPass(int firstCell, BatchRange slice, int kept) {
        return firstPass(firstCell, slice, kept, NumberView.of(settings, type));
    }

    MomentPass firstPass(int firstCell, BatchRange slice, int kept, NumberView view) {
        return new FirstPass(batches, firstShape(slice, kept), firstCell, matrix, view);
    }

    /// What has to be read again before the batches of `first` can be scored; empty when nothing has to.
    public Optional<SecondPass> secondPass(Moments first) {
        refuseIncomplete(first);
        return switch (settings.flavor()) {
            case SEURAT, CELL_RANGER -> Optional.empty();
            case SEURAT_V3, SEURAT_V3_PAPER -> clippingPass(first);
            case PEARSON_RESIDUALS -> residualPass(first);
        };
    }

    /// Collects the scores of all batches.
    public HvgChoice choice() {
        return switch (settings.flavor()) {
            case SEURAT, CELL_RANGER -> new DispersionChoice(this);
            case SEURAT_V3, SEURAT_V3_PAPER, PEARSON_RESIDUALS -> new RankedChoice(this);
        };
    }

    HvgSettings settings() {
        return settings;
    }

    String matrix() {
        return matrix;
    }

    List<String> genes() {
        return genes;
    }

    CellBatches batches() {
        return batches;
    }

    /// Whether sums are of whole numbers.
    boolean whole() {
        return settings.countsOnly();
    }

    /// Where the residuals of a batch are clipped. scanpy derives it from the first batch and keeps it for all.
    double residualClip() {
        return settings.clip().orElse(Math.sqrt(batches.size(0)));
    }

    /// A fit of variance on mean for one batch, empty where there is none.
    Optional<BatchVariance> fit(Moments.Batch batch) {
        return batch.sums().cells() < 2 ? Optional.empty() : BatchVariance.of(batch.sums(), settings.span());
    }

    void refuseIncomplete(Moments moments) {
        if (moments.cells().from() != 0 || moments.cells().to() != batches.cells()) {
            throw new IllegalArgumentException("sums of cells [%,d, %,d) are not those of all %,d cells"
                    .formatted(moments.cells().from(), moments.cells().to(), batches.cells()));
        }
    }

    /// The name of a batch in messages.
    String where(int batch) {
        return batches.batched()
                ? "%s, batch '%s'".formatted(matrix, batches.labels().get(batch))
                : matrix;
    }

    private Moments.Shape firstShape(BatchRange slice, int kept) {
        boolean clipping = settings.flavor().fits();
        return new Moments.Shape(
                whole() ? SumKind.WHOLE : SumKind.REAL,
                genes.size(),
                clipping && whole() ? kept : 0,
                settings.flavor() == Flavor.PEARSON_RESIDUALS,
                slice);
    }

    private Optional<SecondPass> clippingPass(Moments first) {
        refuseNegatives(first);
        Map<Integer, ClipLimits.OfBatch> limits = new HashMap<>();
        long affected = 0;
        for (int batch = first.slice().from(); batch < first.slice().to(); batch++) {
            Moments.Batch sums = first.batch(batch);
            Optional<ClipLimits.OfBatch> unknown = sums == null
                    ? Optional.empty()
                    : fit(sums).map(fitted -> fitted.unknown(Optional.ofNullable(sums.tails())));
            if (unknown.isPresent() && unknown.get().genes().length > 0) {
                limits.put(batch, unknown.get());
                affected += unknown.get().genes().length;
            }
        }
        if (limits.isEmpty()) {
            return Optional.empty();
        }
        var shape = new Moments.Shape(whole() ? SumKind.WHOLE : SumKind.REAL, -1, 0, false, first.slice());
        var all = new ClipLimits(limits);
        return Optional.of(new SecondPass(
                firstCell -> new ClippingPass(batches, all, shape, firstCell, matrix),
                batches,
                first.slice(),
                affected));
    }

    private Optional<SecondPass> residualPass(Moments first) {
        refuseNegatives(first);
        Map<Integer, ResidualModel> models = new HashMap<>();
        for (int batch = first.slice().from(); batch < first.slice().to(); batch++) {
            Moments.Batch sums = first.batch(batch);
            if (sums != null) {
                models.put(batch, ResidualModel.of(sums.sums(), settings.theta(), residualClip()));
            }
        }
        var shape = new Moments.Shape(SumKind.FIXED, genes.size(), 0, false, first.slice());
        return Optional.of(new SecondPass(
                firstCell -> new ResidualPass(batches, models, whole(), shape, firstCell, matrix),
                batches,
                first.slice(),
                (long) models.size() * genes.size()));
    }

    private void refuseNegatives(Moments first) {
        if (first.survey().negatives() > 0) {
            throw new InputRefused(
                    "%s: %s expects counts, found %,d values below zero."
                            .formatted(
                                    matrix,
                                    settings.flavor().word(),
                                    first.survey().negatives()),
                    "Name the matrix that holds the counts, such as layers/counts or raw/X.");
        }
    }
}
