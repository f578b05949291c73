package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.EmbeddingFrame;
import io.cellferry.cellucid.EmbeddingWriter;
import io.cellferry.cellucid.LatentSpace;
import io.cellferry.dataset.NumericTable;
import io.cellferry.jobs.RunContext;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Step `embeddings`: the points of each embedding, and copies of the tables that every annotation reads again.
final class EmbeddingsStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        ExportRun export = ExportRun.of(run);
        export.closeRows();
        for (ExportPlan.Embedded embedded : export.plan().embeddings()) {
            run.unit(UnitNames.embedding(embedded.dimension()), unit -> {
                try (NumericTable table = export.dataset().table(embedded.path())) {
                    EmbeddingFrame frame = new EmbeddingWriter(export.settings()).write(embedded.path(), table, unit);
                    text(unit, UnitNames.embeddingFile(embedded.dimension()), frame.toJson());
                    try (StagedFile file = unit.scratch(UnitNames.embeddingTable(embedded.dimension()))) {
                        ScratchTable.copy(table, file);
                    }
                }
            });
        }
        run.unit(UnitNames.LATENT, unit -> {
            String latent = export.plan().latent();
            // Refused while it is copied, before the copy is complete. Distances are computed with floats.
            try (NumericTable table = export.dataset().table(latent);
                    LatentSpace looked = new LatentSpace(export.settings().contract(), latent, table);
                    StagedFile file = unit.scratch(UnitNames.LATENT_FILE)) {
                ScratchTable.copyFloats(looked, file);
            }
        });
    }

    static void text(UnitWriter unit, String path, String text) {
        try (StagedFile file = unit.scratch(path)) {
            file.write(text.getBytes(StandardCharsets.UTF_8));
            file.finish();
        }
    }
}
