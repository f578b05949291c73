package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.jobs.JobSteps;

/// The steps of the job `ome-zarr-pyramid`.
final class OmeZarrPyramidSteps {

    static final String NAME = "ome-zarr-pyramid";

    private OmeZarrPyramidSteps() {}

    static JobSteps declared() {
        return new JobSteps(NAME)
                .single("inspect", new InspectStep())
                .partitioned("full-resolution", "superblocks", new FullResolutionStep(), FullResolutionStep::partitions)
                .partitioned(
                        "reductions",
                        "channels",
                        new ReductionsStep(),
                        ReductionsStep::begin,
                        ReductionsStep::partitions)
                .single("publish", new PublishStep());
    }
}
