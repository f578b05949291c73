package io.cellferry.jobs.genemajorstore;

import io.cellferry.genemajor.ValueRange;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.GeneRange;
import java.util.List;

/// Step `genes`: the values of the matrix in either order, range by range of whole files, several side by side.
final class MatrixStep implements UnitSteps.PartitionWork {

    private static List<Partitions.Partition<ValueRange>> planned(RunContext run) {
        StoreRun store = StoreRun.of(run);
        List<ValueRange> units = store.valueUnits();
        boolean straightThrough =
                store.plan().turning().isEmpty() && !store.plan().randomAccess();
        return units.isEmpty() || !straightThrough
                ? Partitions.ofAlike(units, run.room().threads(), ValueRange::partitionName)
                : List.of(new Partitions.Partition<>(units.getFirst().partitionName(), units));
    }

    static List<Partitions.Partition<String>> partitions(RunContext run) {
        StoreRun store = StoreRun.of(run);
        return Partitions.named(
                planned(run), range -> StoreUnits.values(store.plan().layout(), range));
    }

    @Override
    public void work(RunContext run, String partition) {
        StoreRun store = StoreRun.of(run);
        ColumnSource columns = store.columns();
        List<ValueRange> ranges = Partitions.units(planned(run), partition);
        // The same for every range: a desk that was made for a large one may serve a small one next.
        long bytes = StoreMemory.range(
                store.plan(), new GeneRange(0, store.plan().layout().majors()), run.room());
        store.starts(); // pins its memory before this worker takes any
        try (MemoryBudget.Lease lease = run.memory().take(bytes, "Writing a range of values")) {
            store.writing().use(desk -> {
                for (ValueRange range : ranges) {
                    run.unit(StoreUnits.values(store.plan().layout(), range), unit -> desk.write(columns, range, unit));
                }
            });
        }
    }
}
