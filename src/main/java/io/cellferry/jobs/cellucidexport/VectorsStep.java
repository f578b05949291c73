package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.VectorFields;
import io.cellferry.cellucid.VectorWriter;
import io.cellferry.jobs.RunContext;
import java.util.function.Consumer;

/// Step `vectors`: every table of every vector field, as one unit.
final class VectorsStep implements Consumer<RunContext> {

    @Override
    public void accept(RunContext run) {
        ExportRun export = ExportRun.of(run);
        if (export.plan().vectors().isEmpty()) {
            return;
        }
        run.unit(UnitNames.VECTORS, unit -> {
            VectorFields fields = export.vectorFields().orElseThrow();
            VectorWriter writer = new VectorWriter(export.settings());
            for (ExportPlan.Vector vector : export.plan().vectors()) {
                VectorFields.Field field = fields.fields().stream()
                        .filter(candidate -> candidate.id().equals(vector.id()))
                        .findFirst()
                        .orElseThrow();
                EmbeddingsStep.reading(
                        run,
                        vector.path(),
                        table -> writer.write(field, export.frame(vector.dimension()), vector.path(), table, unit));
            }
        });
    }
}
