package io.cellferry.jobs.cellucidexport;

import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import io.cellferry.jobs.turning.BlockRuns;
import io.cellferry.matrix.CellRange;
import java.util.List;

/// Step `transpose`: turns every block of cells of the expression matrix into one run on scratch. No partitions, and
/// nothing done, when the matrix lies gene by gene already.
final class TransposeStep implements UnitSteps.PartitionWork {

    private static List<Partitions.Partition<CellRange>> planned(RunContext run) {
        ExportRun export = ExportRun.of(run);
        if (export.plan().genes().filter(ExportPlan.Genes::turned).isEmpty()) {
            return List.of();
        }
        List<CellRange> blocks = export.genes().transposition().blocks();
        return BlockRuns.partitions(
                blocks,
                blocks.isEmpty() || export.rows().randomAccess(),
                run.room().threads());
    }

    static List<Partitions.Partition<String>> partitions(RunContext run) {
        return Partitions.named(planned(run), UnitNames::run);
    }

    @Override
    public void work(RunContext run, String partition) {
        ExportRun export = ExportRun.of(run);
        export.rows(); // pins its memory before this worker takes any
        try (MemoryBudget.Lease lease =
                run.memory().take(ExportMemory.block(export.genes()), "Turning a block of cells")) {
            export.turning().use(desk -> {
                for (CellRange block : Partitions.units(planned(run), partition)) {
                    run.unit(UnitNames.run(block), unit -> desk.turn(block, UnitNames.runFile(block), unit));
                }
            });
        }
    }
}
