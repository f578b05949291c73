package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.VectorFields;
import io.cellferry.cellucid.VectorWriter;
import io.cellferry.dataset.NumericTable;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.RunContext;
import io.cellferry.storage.UnitWriter;

/// Writes every table of every vector field, as one unit.
final class VectorsWork {

    void write(RunContext run) {
        ExportRun export = ExportRun.of(run);
        try (MemoryBudget.Lease lease = run.memory().take(ExportMemory.table(), "Writing vector fields")) {
            run.unit(UnitNames.VECTORS, unit -> write(export, unit));
        }
    }

    private static void write(ExportRun export, UnitWriter unit) {
        VectorFields fields = export.vectorFields().orElseThrow();
        VectorWriter writer = new VectorWriter(export.settings());
        for (ExportPlan.Vector vector : export.plan().vectors()) {
            VectorFields.Field field = fields.fields().stream()
                    .filter(candidate -> candidate.id().equals(vector.id()))
                    .findFirst()
                    .orElseThrow();
            try (NumericTable table = export.dataset().table(vector.path())) {
                writer.write(field, export.frame(vector.dimension()), vector.path(), table, unit);
            }
        }
    }
}
