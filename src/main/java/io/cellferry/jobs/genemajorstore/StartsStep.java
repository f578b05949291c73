package io.cellferry.jobs.genemajorstore;

import io.cellferry.genemajor.GeneStarts;
import io.cellferry.genemajor.MatrixWriter;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.RunContext;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.SpilledColumns;
import java.util.function.Consumer;

/// Step `starts`: where each gene begins. Before a byte of the matrix is written it holds that the genes together have
/// as many values as the runs of all blocks were given.
final class StartsStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        StoreRun store = StoreRun.of(run);
        StorePlan plan = store.plan();
        store.closeRows();
        try (MemoryBudget.Lease lease = run.memory().take(StoreMemory.starts(plan), "Counting genes")) {
            run.unit(StoreUnits.STARTS, unit -> {
                GeneStarts starts = GeneStarts.of(counts(run, store));
                if (starts.storedValues() > plan.storedValues()) {
                    throw new IllegalStateException("the genes have %,d values together, but the input only %,d"
                            .formatted(starts.storedValues(), plan.storedValues()));
                }
                GeneCounts.write(starts, StoreUnits.STARTS_FILE, unit);
                MatrixWriter.writeStarts(plan.layout(), starts, unit);
            });
        }
    }

    private static long[] counts(RunContext run, StoreRun store) {
        int genes = store.plan().layout().genes();
        if (store.plan().turning().isEmpty()) {
            return GeneCounts.read(run, store.plan().counted(), genes);
        }
        SpilledColumns columns = store.spilled();
        long[] counts = columns.counts(new GeneRange(0, genes));
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        if (sum != columns.totalStoredValues()) {
            throw new IllegalStateException("the genes have %,d values together, but %,d were turned"
                    .formatted(sum, columns.totalStoredValues()));
        }
        return counts;
    }
}
