package io.cellferry.jobs.genemajorstore;

import io.cellferry.jobs.JobSteps;

/// The steps of the job `gene-major-store`.
final class GeneMajorStoreSteps {

    static final String NAME = "gene-major-store";

    private GeneMajorStoreSteps() {}

    static JobSteps declared() {
        return new JobSteps(NAME)
                .single("inspect", new InspectStep())
                .partitioned("transpose", "transposeBlocks", new TransposeStep(), TransposeStep::partitions)
                .single("starts", new StartsStep())
                .partitioned("genes", "geneRanges", new MatrixStep(), MatrixStep::partitions)
                .partitioned("carried", "carriedUnits", new CarriedStep(), CarriedStep::begin, CarriedStep::partitions)
                .single("publish", new PublishStep());
    }
}
