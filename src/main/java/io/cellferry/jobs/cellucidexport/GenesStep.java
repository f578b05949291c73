package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.GeneBounds;
import io.cellferry.cellucid.GeneFileWriter;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import io.cellferry.matrix.GeneRange;
import java.util.List;

/// Step `genes`: one file a gene, written range by range, several ranges side by side.
final class GenesStep implements UnitSteps.PartitionWork {

    private static List<Partitions.Partition<GeneRange>> planned(RunContext run) {
        return Partitions.of(
                ExportRun.of(run).plan().genes().map(ExportPlan.Genes::units).orElse(List.of()),
                run.room().threads(),
                GeneRange::partitionName);
    }

    static List<Partitions.Partition<String>> partitions(RunContext run) {
        return Partitions.named(planned(run), UnitNames::genes);
    }

    @Override
    public void work(RunContext run, String partition) {
        ExportRun export = ExportRun.of(run);
        List<GeneRange> ranges = Partitions.units(planned(run), partition);
        long bytes = ranges.stream()
                .mapToLong(range -> ExportMemory.geneRange(export.plan(), range, run.room()))
                .max()
                .orElse(0);
        try (MemoryBudget.Lease lease = run.memory().take(bytes, "Writing a range of genes");
                GeneFileWriter writer = new GeneFileWriter(
                        export.settings(),
                        export.genes().list(),
                        export.plan().cells(),
                        export.genes().dense())) {
            for (GeneRange range : ranges) {
                run.unit(UnitNames.genes(range), unit -> {
                    GeneBounds bounds = writer.write(export.geneColumns(), range, unit);
                    EmbeddingsStep.text(unit, UnitNames.genesFile(range), bounds.toJson());
                });
            }
        }
    }
}
