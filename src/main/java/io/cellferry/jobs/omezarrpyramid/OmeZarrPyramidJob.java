package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.jobs.UnitSteps;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The steps of the job `ome-zarr-pyramid`, in order. Step names are stored with every run: they are published.
@Configuration(proxyBeanMethods = false)
class OmeZarrPyramidJob {

    static final String NAME = "ome-zarr-pyramid";

    @Bean(NAME)
    Job omeZarrPyramid(
            JobRepository repository,
            @Qualifier(NAME + ".inspect") Step inspect,
            @Qualifier(NAME + ".full-resolution") Step fullResolution,
            @Qualifier(NAME + ".reductions") Step reductions,
            @Qualifier(NAME + ".publish") Step publish) {
        return new JobBuilder(NAME, repository)
                .start(inspect)
                .next(fullResolution)
                .next(reductions)
                .next(publish)
                .build();
    }

    @Bean(NAME + ".inspect")
    Step inspect(UnitSteps steps) {
        return steps.single("inspect", new InspectStep());
    }

    @Bean(NAME + ".full-resolution")
    Step fullResolution(UnitSteps steps, @Qualifier(NAME + ".superblocks") Step superblocks) {
        return steps.partitioned("full-resolution", superblocks, FullResolutionStep::partitions);
    }

    @Bean(NAME + ".superblocks")
    Step superblocks(UnitSteps steps) {
        return steps.worker("superblocks", new FullResolutionStep());
    }

    @Bean(NAME + ".reductions")
    Step reductions(UnitSteps steps, @Qualifier(NAME + ".channels") Step channels) {
        return steps.partitioned("reductions", channels, ReductionsStep::begin, ReductionsStep::partitions);
    }

    @Bean(NAME + ".channels")
    Step channels(UnitSteps steps) {
        return steps.worker("channels", new ReductionsStep());
    }

    @Bean(NAME + ".publish")
    Step publish(UnitSteps steps) {
        return steps.single("publish", new PublishStep());
    }
}
