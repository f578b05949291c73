package io.cellferry.matrix;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A matrix read gene by gene from the runs that its blocks were turned into: the second half of the transposition.
///
/// Genes here are the *positions* of the selection that the runs were written with.
///
/// Kept between visits: a path and a footer per run. The tables of all runs together, 1,425 runs x 60,000 positions x
/// 9.75 bytes = 830 MB, are never held: a visit reads the records of its range run by run. A run is opened for every
/// batch and closed again, because an open channel per run would take 1,425 descriptors and an interrupted thread would
/// close it under the others.
///
/// A visit counts first, then fills as many whole columns at once as the budget allows, so a larger budget means fewer
/// reads per run, not other results. [TranspositionPlan#mergeBytes] is the sum of what one visit holds, and what it
/// leaves to the next one of any thread.
public final class SpilledColumns implements ColumnSource {

    private final TranspositionPlan plan;
    private final List<Path> runs;
    private final List<RunFooter> footers;
    private final long columnBytes;
    private final Deque<ColumnMerge> free = new ArrayDeque<>();

    private SpilledColumns(TranspositionPlan plan, List<Path> runs, List<RunFooter> footers, long columnBytes) {
        this.plan = plan;
        this.runs = runs;
        this.footers = footers;
        this.columnBytes = columnBytes;
    }

    /// Opens the `runs` of all blocks of `plan`, in the order of the blocks. Every visit fills columns within
    /// `columnBytes`, or one column at a time where that is too little.
    public static SpilledColumns open(TranspositionPlan plan, List<Path> runs, long columnBytes) {
        if (runs.size() != plan.blocks().size()) {
            throw new IllegalArgumentException("%,d runs for %,d blocks"
                    .formatted(runs.size(), plan.blocks().size()));
        }
        List<RunFooter> footers = new ArrayList<>(runs.size());
        for (int block = 0; block < runs.size(); block++) {
            try (RunReader run = RunReader.open(runs.get(block))) {
                RunFooter found = run.footer();
                if (!found.cells().equals(plan.blocks().get(block))
                        || found.positions() != plan.positions()
                        || found.valueType() != plan.valueType()) {
                    throw run.damaged("it holds %s with %,d genes of %s, expected %s with %,d genes of %s"
                            .formatted(
                                    found.cells().partitionName(),
                                    found.positions(),
                                    found.valueType(),
                                    plan.blocks().get(block).partitionName(),
                                    plan.positions(),
                                    plan.valueType()));
                }
                footers.add(found);
            }
        }
        return new SpilledColumns(plan, List.copyOf(runs), List.copyOf(footers), columnBytes);
    }

    @Override
    public int cells() {
        return plan.cells();
    }

    @Override
    public int genes() {
        return plan.positions();
    }

    @Override
    public ValueType valueType() {
        return plan.valueType();
    }

    /// Stored values of all runs, from their footers: what all blocks together gave of the wanted genes.
    public long totalStoredValues() {
        return footers.stream().mapToLong(RunFooter::storedValues).sum();
    }

    /// Stored values of each of `genes`, beginning with `genes.from()`. Reads one piece of table per run.
    public long[] counts(GeneRange genes) {
        checkRange(genes);
        long[] counts = new long[genes.count()];
        var slices = new SliceReader();
        for (int block = 0; block < runs.size(); block++) {
            try (RunReader run = openAgain(block)) {
                slices.addCounts(run, genes, counts);
            }
        }
        return counts;
    }

    @Override
    public long[] starts() {
        return startsOf(counts(new GeneRange(0, plan.positions())));
    }

    /// Running sums of `counts`, from 0 on.
    static long[] startsOf(long[] counts) {
        long[] starts = new long[counts.length + 1];
        for (int gene = 0; gene < counts.length; gene++) {
            starts[gene + 1] = starts[gene] + counts[gene];
        }
        return starts;
    }

    @Override
    public void visit(GeneRange genes, ColumnVisitor visitor) {
        long[] counts = counts(genes);
        List<GeneRange> batches = batches(genes, counts);
        ColumnMerge merge = borrow();
        prepare(merge, batches, genes, counts);
        for (GeneRange batch : batches) {
            if (merge.begin(batch, counts, genes.from()) > 0) {
                for (int block = 0; block < runs.size(); block++) {
                    try (RunReader run = openAgain(block)) {
                        merge.append(run);
                    }
                }
            }
            merge.deliver(visitor);
        }
        synchronized (free) {
            free.push(merge);
        }
    }

    /// One that failed is not given back: nobody knows what state it is in.
    private ColumnMerge borrow() {
        synchronized (free) {
            return free.isEmpty() ? new ColumnMerge(plan.valueType()) : free.pop();
        }
    }

    /// Cuts `genes` into batches whose columns fit the budget together with one more, the column that is lent.
    private List<GeneRange> batches(GeneRange genes, long[] counts) {
        long room = columnBytes / bytesPerValue() - longest(counts);
        room = Math.min(room, Integer.MAX_VALUE - 8);
        List<GeneRange> batches = new ArrayList<>();
        int from = genes.from();
        while (from < genes.to()) {
            long storedValues = counts[from - genes.from()];
            int to = from + 1;
            while (to < genes.to() && storedValues + counts[to - genes.from()] <= room) {
                storedValues += counts[to - genes.from()];
                to++;
            }
            int groupBorder = to - to % RunFile.GROUP_POSITIONS;
            if (to < genes.to() && groupBorder > from) {
                to = groupBorder; // a group cut in two is read twice
            }
            batches.add(new GeneRange(from, to));
            from = to;
        }
        return batches;
    }

    private void prepare(ColumnMerge merge, List<GeneRange> batches, GeneRange genes, long[] counts) {
        long largest = 0;
        int mostPositions = 0;
        for (GeneRange batch : batches) {
            long storedValues = 0;
            for (int gene = batch.from(); gene < batch.to(); gene++) {
                storedValues += counts[gene - genes.from()];
            }
            if (batch.count() > 1) {
                largest = Math.max(largest, storedValues);
            }
            mostPositions = Math.max(mostPositions, batch.count());
        }
        // A later visit may lend a column of all cells.
        long most = Math.min(columnBytes / bytesPerValue() - cells(), Integer.MAX_VALUE - 8);
        merge.prepare(Math.toIntExact(largest), Math.toIntExact(longest(counts)), mostPositions, most);
    }

    private static long longest(long[] counts) {
        long longest = 0;
        for (long count : counts) {
            longest = Math.max(longest, count);
        }
        return longest;
    }

    private int bytesPerValue() {
        return Integer.BYTES + plan.valueType().bytes();
    }

    private RunReader openAgain(int block) {
        RunReader run = RunReader.open(runs.get(block));
        if (run.footer().equals(footers.get(block))) {
            return run;
        }
        run.close();
        throw run.damaged("it was replaced while it was in use");
    }

    private void checkRange(GeneRange genes) {
        if (genes.to() > plan.positions()) {
            throw new IllegalArgumentException(
                    "%s reaches beyond %,d genes".formatted(genes.partitionName(), plan.positions()));
        }
    }

    /// Lets go of the working memory that visits leave to the next; no file stays open between them.
    @Override
    public void close() {
        synchronized (free) {
            free.clear();
        }
    }
}
