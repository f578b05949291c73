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
import java.util.function.Consumer;

/// Step `embeddings`: the points of each embedding, and copies of the tables that every annotation reads again. The
/// latent space is the largest of them and comes first.
final class EmbeddingsStep implements UnitSteps.PartitionWork {

    static List<Partitions.Partition<String>> partitions(RunContext run) {
        List<String> units = new ArrayList<>(List.of(UnitNames.LATENT));
        for (ExportPlan.Embedded embedded : ExportRun.of(run).plan().embeddings()) {
            units.add(UnitNames.embedding(embedded.dimension()));
        }
        // Alone, because the name of a partition is taken for that of its unit below.
        return Partitions.each(units, unit -> unit);
    }

    static void begin(RunContext run) {
        ExportRun.of(run).closeRows();
    }

    @Override
    public void work(RunContext run, String partition) {
        ExportRun export = ExportRun.of(run);
        if (partition.equals(UnitNames.LATENT)) {
            reading(run, export.plan().latent(), table -> run.unit(partition, unit -> latent(export, table, unit)));
            return;
        }
        for (ExportPlan.Embedded embedded : export.plan().embeddings()) {
            if (partition.equals(UnitNames.embedding(embedded.dimension()))) {
                reading(
                        run,
                        embedded.path(),
                        table -> run.unit(partition, unit -> embedding(export, embedded, table, unit)));
            }
        }
    }

    /// Opens the table at `path` with the memory that it takes; a wish to stop is heard between its blocks.
    static void reading(RunContext run, String path, Consumer<NumericTable> use) {
        try (NumericTable table = new StoppableTable(ExportRun.of(run).dataset().table(path), run::goOn);
                MemoryBudget.Lease lease = run.memory().take(ExportMemory.table(table), "Copying a table")) {
            use.accept(table);
        }
    }

    private static void embedding(ExportRun export, ExportPlan.Embedded embedded, NumericTable table, UnitWriter unit) {
        EmbeddingFrame frame = new EmbeddingWriter(export.settings()).write(embedded.path(), table, unit);
        text(unit, UnitNames.embeddingFile(embedded.dimension()), frame.toJson());
        try (StagedFile file = unit.scratch(UnitNames.embeddingTable(embedded.dimension()))) {
            ScratchTable.copy(table, file);
        }
    }

    private static void latent(ExportRun export, NumericTable table, UnitWriter unit) {
        // Refused while it is copied, before the copy is complete. Distances are computed with floats.
        try (LatentSpace looked = new LatentSpace(
                        export.settings().contract(), export.plan().latent(), table);
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
