package io.cellferry.hvg;

import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import io.cellferry.matrix.CellRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// To which batch each cell belongs.
///
/// Labels are those in use, in the order of their code points, or of their values where they are numbers; a cell
/// without a label belongs to no batch and is left out of everything. Without batches there is one, named by no text,
/// that holds all cells. Two bytes a cell while it is held, nothing when there is one batch.
public final class CellBatches {

    private static final int MOST_BATCHES = Character.MAX_VALUE - 1;
    private static final char NONE = Character.MAX_VALUE;
    private static final Comparator<String> BY_VALUE =
            Comparator.<String>comparingDouble(Double::parseDouble).thenComparing(CodePointOrder.TEXT);

    private final int cells;
    private final List<String> labels;
    private final int[] sizes;
    private final char[] batchOfCell;

    private CellBatches(int cells, List<String> labels, int[] sizes, char[] batchOfCell) {
        this.cells = cells;
        this.labels = List.copyOf(labels);
        this.sizes = sizes;
        this.batchOfCell = batchOfCell;
    }

    /// All cells together.
    public static CellBatches none(int cells) {
        return new CellBatches(cells, List.of(""), new int[] {cells}, new char[0]);
    }

    /// One batch per distinct label in use. `codes` holds an index into `labels` per cell, -1 for none; equal labels
    /// make one batch.
    public static CellBatches of(List<String> labels, int[] codes) {
        return of(labels, codes, CodePointOrder.TEXT);
    }

    /// The same for labels that are numbers, with 2 before 10: numpy orders them so, and which batch is the first
    /// decides where residuals are clipped.
    public static CellBatches ofNumbers(List<String> labels, int[] codes) {
        return of(labels, codes, BY_VALUE);
    }

    private static CellBatches of(List<String> labels, int[] codes, Comparator<String> order) {
        int[] uses = new int[labels.size()];
        for (int code : codes) {
            if (code >= 0) {
                uses[code]++;
            }
        }
        List<String> used = new ArrayList<>();
        for (int i = 0; i < uses.length; i++) {
            if (uses[i] > 0) {
                used.add(labels.get(i));
            }
        }
        List<String> sorted = used.stream().distinct().sorted(order).toList();
        if (sorted.isEmpty() || sorted.size() > MOST_BATCHES) {
            throw new RequestRefused(
                    "batches: expected 1 to %,d labels in use, found %,d.".formatted(MOST_BATCHES, sorted.size()),
                    "Name a column that says for every cell to which batch it belongs.");
        }
        Map<String, Integer> batches = new HashMap<>();
        for (int batch = 0; batch < sorted.size(); batch++) {
            batches.put(sorted.get(batch), batch);
        }
        char[] batchOfLabel = new char[uses.length];
        int[] sizes = new int[sorted.size()];
        for (int i = 0; i < uses.length; i++) {
            int batch = batches.getOrDefault(labels.get(i), (int) NONE);
            batchOfLabel[i] = (char) batch;
            if (batch != NONE) {
                sizes[batch] += uses[i];
            }
        }
        char[] batchOfCell = new char[codes.length];
        for (int cell = 0; cell < codes.length; cell++) {
            batchOfCell[cell] = codes[cell] < 0 ? NONE : batchOfLabel[codes[cell]];
        }
        return new CellBatches(codes.length, sorted, sizes, batchOfCell);
    }

    public int cells() {
        return cells;
    }

    /// Whether cells were told apart at all.
    public boolean batched() {
        return batchOfCell.length > 0;
    }

    public List<String> labels() {
        return labels;
    }

    public int count() {
        return labels.size();
    }

    public BatchRange all() {
        return new BatchRange(0, count());
    }

    /// Cells of one batch.
    public int size(int batch) {
        return sizes[batch];
    }

    /// Cells that belong to no batch.
    public int leftOut() {
        return cells - Arrays.stream(sizes).sum();
    }

    /// What there is to say of cells that belong to no batch; `where` names the matrix.
    public Optional<Problem> missing(String where) {
        return leftOut() == 0
                ? Optional.empty()
                : Optional.of(Problem.warning(
                        "hvg.batch.missing",
                        where,
                        "%,d of %,d cells belong to no batch and are left out.".formatted(leftOut(), cells),
                        "Fill the batch column if they should count."));
    }

    /// The batch of a cell, -1 for none.
    int batch(int cell) {
        if (!batched()) {
            return 0;
        }
        char batch = batchOfCell[cell];
        return batch == NONE ? -1 : batch;
    }

    /// In how many of `ranges` a batch has a cell, all batches together: so many sums of a batch are kept.
    public long sums(List<CellRange> ranges) {
        long sums = 0;
        var present = new BitSet(count());
        for (CellRange range : ranges) {
            present.clear();
            for (int cell = range.from(); cell < range.to(); cell++) {
                int batch = batch(cell);
                if (batch >= 0 && !present.get(batch)) {
                    present.set(batch);
                    sums++;
                }
            }
        }
        return sums;
    }

    /// Whether a cell of `cells` belongs to a batch of `slice`: whoever goes by slices need not read the others.
    public boolean touches(CellRange range, BatchRange slice) {
        for (int cell = range.from(); cell < range.to(); cell++) {
            if (slice.contains(batch(cell))) {
                return true;
            }
        }
        return false;
    }
}
