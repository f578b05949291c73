package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.Embedding;
import io.cellferry.cellucid.ObsFieldPlace;
import io.cellferry.cellucid.ObsFieldWriter;
import io.cellferry.dataset.NumericTable;
import io.cellferry.jobs.MemoryBudget;
import io.cellferry.jobs.Partitions;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Step `obs`: one unit for each annotation, several side by side.
final class ObsStep implements UnitSteps.PartitionWork {

    private static List<Partitions.Partition<Integer>> planned(RunContext run) {
        int fields = ExportRun.of(run).plan().obs().size();
        return Partitions.of(
                IntStream.range(0, fields).boxed().toList(), run.room().threads(), "field-%06d"::formatted);
    }

    static List<Partitions.Partition<String>> partitions(RunContext run) {
        return Partitions.named(planned(run), UnitNames::obs);
    }

    @Override
    public void work(RunContext run, String partition) {
        ExportRun export = ExportRun.of(run);
        List<ObsFieldPlace> places =
                ObsFieldPlace.of(export.settings().contract(), export.plan().obs());
        List<Embedding> embeddings = new ArrayList<>();
        try (MemoryBudget.Lease lease = run.memory()
                        .take(ExportMemory.obsField(export.plan(), export.latentColumns()), "Writing an annotation");
                NumericTable latent = export.latentTable();
                ObsFieldWriter writer = new ObsFieldWriter(
                        export.settings(),
                        export.embeddings(embeddings),
                        latent,
                        export.plan().mostLabels())) {
            for (int field : Partitions.units(planned(run), partition)) {
                run.unit(UnitNames.obs(field), unit -> {
                    ObsFieldPlace place = places.get(field);
                    String entry = writer.write(place, export.dataset().obsColumn(place.name()), unit)
                            .toJson();
                    EmbeddingsStep.text(unit, UnitNames.obsFile(field), entry);
                });
            }
        } finally {
            embeddings.forEach(embedding -> embedding.table().close());
        }
    }
}
