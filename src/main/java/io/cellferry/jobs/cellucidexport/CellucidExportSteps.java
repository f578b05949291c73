package io.cellferry.jobs.cellucidexport;

import io.cellferry.jobs.JobSteps;
import io.cellferry.jobs.variablegenes.HvgSteps;

/// The steps of the job `cellucid-export`. Genes are chosen by their scores only where the request says so.
final class CellucidExportSteps {

    static final String NAME = "cellucid-export";

    private CellucidExportSteps() {}

    static JobSteps declared() {
        return new JobSteps(NAME)
                .single("inspect", new InspectStep())
                .where(ExportRun::scores, steps -> steps.with(HvgSteps.scoring(ExportRun::scored))
                        .single("select", new SelectStep()))
                .partitioned("transpose", "transposeBlocks", new TransposeStep(), TransposeStep::partitions)
                .partitioned(
                        "embeddings",
                        "embeddingTables",
                        new EmbeddingsStep(),
                        EmbeddingsStep::begin,
                        EmbeddingsStep::partitions)
                .partitioned("obs", "obsFields", new ObsStep(), ObsStep::partitions)
                .partitioned("genes", "geneRanges", new GenesStep(), GenesStep::partitions)
                .single("connectivities", new ConnectivitiesStep())
                .single("vectors", new VectorsStep())
                .single("publish", new PublishStep());
    }
}
