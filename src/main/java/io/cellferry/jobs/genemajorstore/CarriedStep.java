package io.cellferry.jobs.genemajorstore;

import io.cellferry.genemajor.CarriedFiles;
import io.cellferry.genemajor.CarriedWriter;
import io.cellferry.genemajor.StoreNode;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Step `carried`: everything of the input that is not the matrix.
final class CarriedStep implements UnitSteps.PartitionWork {

    private static List<Partitions.Partition<Integer>> planned(RunContext run) {
        int units = StoreRun.of(run).plan().carried().size();
        return Partitions.of(
                IntStream.range(0, units).boxed().toList(), run.room().threads(), "unit-%06d"::formatted);
    }

    static void begin(RunContext run) {
        StoreRun.of(run).closeMatrix();
    }

    static List<Partitions.Partition<String>> partitions(RunContext run) {
        return Partitions.named(planned(run), StoreUnits::carried);
    }

    @Override
    public void work(RunContext run, String partition) {
        StoreRun store = StoreRun.of(run);
        CarriedWriter writer = new CarriedWriter(store.carried(), run::goOn);
        Function<String, StoreNode.Array> arrays = store.plan().arrayFinder();
        for (int number : Partitions.units(planned(run), partition)) {
            List<CarriedFiles> files = store.plan().carried().get(number);
            try (MemoryBudget.Lease lease =
                    run.memory().take(StoreMemory.carried(arrays, writer, files), "Carrying arrays over")) {
                run.unit(
                        StoreUnits.carried(number),
                        unit -> files.forEach(some -> writer.write(arrays.apply(some.path()), some, unit)));
            }
        }
    }
}
