package io.cellferry.jobs.genemajorstore;

import io.cellferry.genemajor.MajorStarts;
import io.cellferry.genemajor.MatrixWriter;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.RunContext;
import io.cellferry.matrix.GeneRange;
import io.cellferry.matrix.SpilledColumns;
import java.util.function.Consumer;

/// Step `starts`: where each major begins. Before a byte of the matrix is written it holds that majors together have
/// as many values as the runs of all blocks were given.
final class StartsStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        StoreRun store = StoreRun.of(run);
        StorePlan plan = store.plan();
        store.closeRows();
        try (MemoryBudget.Lease lease = run.memory().take(StoreMemory.starts(plan), "Counting values")) {
            run.unit(StoreUnits.STARTS, unit -> {
                MajorStarts starts = MajorStarts.of(counts(run, store));
                if (starts.storedValues() > plan.storedValues()) {
                    throw new IllegalStateException("the %ss have %,d values together, but the input only %,d"
                            .formatted(plan.layout().majorWord(), starts.storedValues(), plan.storedValues()));
                }
                MajorCounts.write(starts, StoreUnits.STARTS_FILE, unit);
                MatrixWriter.writeStarts(plan.layout(), starts, unit);
            });
        }
    }

    private static long[] counts(RunContext run, StoreRun store) {
        int majors = store.plan().layout().majors();
        if (store.plan().turning().isEmpty()) {
            return MajorCounts.read(run, store.plan());
        }
        SpilledColumns columns = store.spilled();
        long[] counts = columns.counts(new GeneRange(0, majors));
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        if (sum != columns.totalStoredValues()) {
            throw new IllegalStateException("the %ss have %,d values together, but %,d were turned"
                    .formatted(store.plan().layout().majorWord(), sum, columns.totalStoredValues()));
        }
        return counts;
    }
}
