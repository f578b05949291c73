package io.cellferry.jobs.genemajorstore;

import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import io.cellferry.jobs.turning.BlockRuns;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.ColumnSource;
import io.cellferry.matrix.GeneRange;
import java.util.List;

/// Step `transpose`: turns every block into one run on scratch. A matrix that lies in the wanted order already needs
/// none; its values are counted instead, because entries that repeat are summed and only reading tells how many are
/// left.
final class TransposeStep implements UnitSteps.PartitionWork {

    private static List<Partitions.Partition<CellRange>> blocks(RunContext run, StoreRun store) {
        List<CellRange> blocks = store.plan().transposition().blocks();
        return BlockRuns.partitions(
                blocks, store.plan().randomAccess(), run.room().threads());
    }

    private static List<Partitions.Partition<GeneRange>> ranges(RunContext run, StoreRun store) {
        List<GeneRange> ranges = store.plan().counted();
        return ranges.isEmpty() || store.plan().randomAccess()
                ? Partitions.of(ranges, run.room().threads(), range -> name(store, range))
                : List.of(new Partitions.Partition<>(name(store, ranges.getFirst()), ranges));
    }

    private static String name(StoreRun store, GeneRange range) {
        return StoreUnits.name(store.plan().layout(), range);
    }

    static List<Partitions.Partition<String>> partitions(RunContext run) {
        StoreRun store = StoreRun.of(run);
        return store.plan().turning().isPresent()
                ? Partitions.named(
                        blocks(run, store), block -> StoreUnits.run(store.plan().layout(), block))
                : Partitions.named(
                        ranges(run, store),
                        range -> StoreUnits.counted(store.plan().layout(), range));
    }

    @Override
    public void work(RunContext run, String partition) {
        StoreRun store = StoreRun.of(run);
        if (store.plan().turning().isPresent()) {
            turn(run, store, Partitions.units(blocks(run, store), partition));
        } else {
            count(run, store, Partitions.units(ranges(run, store), partition));
        }
    }

    private static void turn(RunContext run, StoreRun store, List<CellRange> blocks) {
        store.rows(); // pins its memory before this worker takes any
        try (MemoryBudget.Lease lease = run.memory().take(StoreMemory.block(store.plan()), "Turning a block")) {
            store.turning().use(desk -> {
                for (CellRange block : blocks) {
                    run.unit(
                            StoreUnits.run(store.plan().layout(), block),
                            unit -> desk.turn(
                                    block, StoreUnits.runFile(store.plan().layout(), block), unit));
                }
            });
        }
    }

    private static void count(RunContext run, StoreRun store, List<GeneRange> ranges) {
        ColumnSource columns = store.columns();
        try (MemoryBudget.Lease lease = run.memory().take(StoreMemory.asItLies(store.plan()), "Counting values")) {
            for (GeneRange range : ranges) {
                run.unit(StoreUnits.counted(store.plan().layout(), range), unit -> {
                    long[] counts = new long[range.count()];
                    columns.visit(range, (gene, column) -> counts[gene - range.from()] = column.storedValues());
                    MajorCounts.write(counts, StoreUnits.countsFile(store.plan().layout(), range), unit);
                });
            }
        }
    }
}
