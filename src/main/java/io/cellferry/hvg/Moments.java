package io.cellferry.hvg;

import io.cellferry.matrix.CellRange;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// What a pass over a range of cells adds up: the state of one unit of work, and of many once merged.
///
/// Batches without a cell in the range take no room. A batch that has cells costs [#batchBytes]; the caller chooses
/// ranges, slices of batches and the number of kept counts so that this fits. Whole counts add up to the same bits in
/// any order of ranges; sums of fractions do so only when ranges are merged from first to last, which [#merge]
/// demands.
public final class Moments {

    /// The sums of one batch. `tails` is null where none are kept, `totals` where nobody asks for them.
    record Batch(
            GeneSums sums, @Nullable Tails tails, @Nullable CellTotals totals) {

        /// Adds those counts of a row whose places are `picked[0, found)`; their genes begin at `genes[from]`.
        void addCounts(int[] genes, int from, int[] counts, int[] picked, int found) {
            sums.addWhole(genes, from, counts, picked, found);
            if (tails != null) {
                tails.offer(genes, from, counts, picked, found);
            }
        }
    }

    /// How the state is laid out, the same for all ranges of one pass.
    ///
    /// `genes` is the number of sums a batch has unless each batch has its own (`genes` = -1), `kept` the counts
    /// kept per gene, `totals` whether cell totals are counted.
    record Shape(SumKind kind, int genes, int kept, boolean totals, BatchRange slice) {}

    private final Shape shape;
    private final @Nullable Batch[] batches;
    private CellRange cells;
    private ValueSurvey survey;

    Moments(Shape shape, CellRange cells, ValueSurvey survey) {
        this.shape = shape;
        this.cells = cells;
        this.survey = survey;
        this.batches = new Batch[shape.slice.count()];
    }

    /// The most that one batch takes in memory and, within a few bytes, when written.
    public static long batchBytes(int genes, int kept) {
        return genes * (8L * GeneSums.WORDS + (kept > 0 ? 4L * (kept + 1) : 0));
    }

    /// The most that cell totals take beside that: tables of `batches` batches with so many distinct totals together.
    public static long totalBytes(int batches, long distinct) {
        return batches * CellTotals.bytes(0) + CellTotals.bytes(distinct);
    }

    /// Distinct totals of the batch that has most.
    int mostTotals() {
        int most = 0;
        for (Batch batch : batches) {
            if (batch != null && batch.totals != null) {
                most = Math.max(most, batch.totals.distinct());
            }
        }
        return most;
    }

    /// The cells added so far.
    public CellRange cells() {
        return cells;
    }

    /// The batches added up here; cells of others were passed over.
    public BatchRange slice() {
        return shape.slice;
    }

    public ValueSurvey survey() {
        return survey;
    }

    /// Adds the cells of `later`, which start where the cells here end.
    public void merge(Moments later) {
        if (!shape.equals(later.shape)) {
            throw new IllegalArgumentException("sums of %s do not go with %s".formatted(later.shape, shape));
        }
        if (later.cells.from() != cells.to()) {
            throw new IllegalArgumentException("cells [%,d, %,d) do not follow [%,d, %,d)"
                    .formatted(later.cells.from(), later.cells.to(), cells.from(), cells.to()));
        }
        cells = new CellRange(cells.from(), later.cells.to());
        survey = survey.and(later.survey);
        for (int i = 0; i < batches.length; i++) {
            Batch other = later.batches[i];
            if (other == null) {
                continue;
            }
            Batch here = batch(shape.slice.from() + i, other.sums.genes());
            here.sums.merge(other.sums);
            if (here.tails != null && other.tails != null) {
                here.tails.merge(other.tails);
            }
            if (here.totals != null && other.totals != null) {
                here.totals.merge(other.totals);
            }
        }
    }

    /// Writes the state, versioned and with checksums; see [MomentBytes] for the layout.
    public void write(OutputStream out) {
        MomentBytes.write(this, out);
    }

    /// Reads a state written by [#write]. Anything else is refused as a damaged file.
    public static Moments read(InputStream in) {
        return MomentBytes.read(in);
    }

    Shape shape() {
        return shape;
    }

    /// The sums of a batch of the slice, null when it has no cell here.
    @Nullable
    Batch batch(int batch) {
        return batches[batch - shape.slice.from()];
    }

    /// The sums of a batch of the slice, made on its first cell.
    Batch batch(int batch, int genes) {
        Batch here = batches[batch - shape.slice.from()];
        if (here == null) {
            here = new Batch(
                    new GeneSums(shape.kind, genes),
                    shape.kept > 0 ? new Tails(genes, shape.kept) : null,
                    shape.totals ? new CellTotals() : null);
            batches[batch - shape.slice.from()] = here;
        }
        return here;
    }

    void put(int batch, Batch sums) {
        batches[batch - shape.slice.from()] = sums;
    }

    void extend(CellRange range) {
        if (range.from() != cells.to()) {
            throw new IllegalArgumentException("cells [%,d, %,d) do not follow [%,d, %,d)"
                    .formatted(range.from(), range.to(), cells.from(), cells.to()));
        }
        cells = new CellRange(cells.from(), range.to());
    }

    void survey(ValueSurvey seen) {
        survey = seen;
    }
}
