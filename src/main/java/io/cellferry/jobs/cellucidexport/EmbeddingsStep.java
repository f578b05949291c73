package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.EmbeddingFrame;
import io.cellferry.cellucid.EmbeddingWriter;
import io.cellferry.cellucid.LatentSpace;
import io.cellferry.dataset.NumericTable;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Step `embeddings`: the points of each embedding, and copies of the tables that every annotation reads again. The
/// latent space is the largest of them and comes first.
final class EmbeddingsStep implements UnitSteps.PartitionWork {

    static List<Partitions.Partition<String>> partitions(RunContext run) {
        List<String> units = new ArrayList<>(List.of(UnitNames.LATENT));
        for (ExportPlan.Embedded embedded : ExportRun.of(run).plan().embeddings()) {
            units.add(UnitNames.embedding(embedded.dimension()));
        }
        return Partitions.of(units, unit -> unit);
    }

    static void begin(RunContext run) {
        ExportRun.of(run).closeRows();
    }

    @Override
    public void work(RunContext run, String partition) {
        ExportRun export = ExportRun.of(run);
        try (MemoryBudget.Lease lease = run.memory().take(ExportMemory.table(), "Copying a table")) {
            if (partition.equals(UnitNames.LATENT)) {
                run.unit(partition, unit -> latent(export, unit));
                return;
            }
            for (ExportPlan.Embedded embedded : export.plan().embeddings()) {
                if (partition.equals(UnitNames.embedding(embedded.dimension()))) {
                    run.unit(partition, unit -> embedding(export, embedded, unit));
                }
            }
        }
    }

    private static void embedding(ExportRun export, ExportPlan.Embedded embedded, UnitWriter unit) {
        try (NumericTable table = export.dataset().table(embedded.path())) {
            EmbeddingFrame frame = new EmbeddingWriter(export.settings()).write(embedded.path(), table, unit);
            text(unit, UnitNames.embeddingFile(embedded.dimension()), frame.toJson());
            try (StagedFile file = unit.scratch(UnitNames.embeddingTable(embedded.dimension()))) {
                ScratchTable.copy(table, file);
            }
        }
    }

    private static void latent(ExportRun export, UnitWriter unit) {
        String latent = export.plan().latent();
        // Refused while it is copied, before the copy is complete. Distances are computed with floats.
        try (NumericTable table = export.dataset().table(latent);
                LatentSpace looked = new LatentSpace(export.settings().contract(), latent, table);
                StagedFile file = unit.scratch(UnitNames.LATENT_FILE)) {
            ScratchTable.copyFloats(looked, file);
        }
    }

    static void text(UnitWriter unit, String path, String text) {
        try (StagedFile file = unit.scratch(path)) {
            file.write(text.getBytes(StandardCharsets.UTF_8));
            file.finish();
        }
    }
}
