package io.cellferry.jobs.genemajorstore;

import io.cellferry.jobs.BlockRuns;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.GeneRange;
import java.util.List;

/// Step `transpose`: turns every block of cells into one run on scratch. A matrix that lies gene by gene already needs
/// none; its values are counted instead, because entries that repeat are summed and only reading tells how many are
/// left.
final class TransposeStep implements UnitSteps.PartitionWork {

    private static List<Partitions.Partition<CellRange>> blocks(StoreRun store) {
        List<CellRange> blocks = store.plan().transposition().blocks();
        return BlockRuns.partitions(blocks, blocks.isEmpty() || store.rows().randomAccess());
    }

    private static List<Partitions.Partition<GeneRange>> ranges(StoreRun store) {
        return Partitions.of(store.plan().counted(), GeneRange::partitionName);
    }

    static List<Partitions.Partition<String>> partitions(RunContext run) {
        StoreRun store = StoreRun.of(run);
        return store.plan().turning().isPresent()
                ? Partitions.named(blocks(store), StoreUnits::run)
                : Partitions.named(ranges(store), StoreUnits::counted);
    }

    @Override
    public void work(RunContext run, String partition) {
        StoreRun store = StoreRun.of(run);
        if (store.plan().turning().isPresent()) {
            turn(run, store, Partitions.units(blocks(store), partition));
        } else {
            count(run, store, Partitions.units(ranges(store), partition));
        }
    }

    private static void turn(RunContext run, StoreRun store, List<CellRange> blocks) {
        store.rows(); // pins its memory before this worker takes any
        try (MemoryBudget.Lease lease =
                run.memory().take(StoreMemory.block(store.plan()), "Turning a block of cells")) {
            store.turning().use(desk -> {
                for (CellRange block : blocks) {
                    run.unit(StoreUnits.run(block), unit -> desk.turn(block, StoreUnits.runFile(block), unit));
                }
            });
        }
    }

    private static void count(RunContext run, StoreRun store, List<GeneRange> ranges) {
        ColumnSource columns = store.columns();
        try (MemoryBudget.Lease lease = run.memory().take(StoreMemory.column(store.plan()), "Counting genes")) {
            for (GeneRange range : ranges) {
                run.unit(StoreUnits.counted(range), unit -> {
                    long[] counts = new long[range.count()];
                    columns.visit(range, (gene, column) -> counts[gene - range.from()] = column.storedValues());
                    GeneCounts.write(counts, StoreUnits.countsFile(range), unit);
                });
            }
        }
    }
}
