package io.cellferry.jobs.genemajorstore;

import io.cellferry.jobs.UnitSteps;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The steps of the job `gene-major-store`, in order. Step names are stored with every run: they are published.
@Configuration(proxyBeanMethods = false)
class GeneMajorStoreJob {

    static final String NAME = "gene-major-store";

    @Bean(NAME)
    Job geneMajorStore(
            JobRepository repository,
            @Qualifier(NAME + ".inspect") Step inspect,
            @Qualifier(NAME + ".transpose") Step transpose,
            @Qualifier(NAME + ".starts") Step starts,
            @Qualifier(NAME + ".genes") Step genes,
            @Qualifier(NAME + ".carried") Step carried,
            @Qualifier(NAME + ".publish") Step publish) {
        return new JobBuilder(NAME, repository)
                .start(inspect)
                .next(transpose)
                .next(starts)
                .next(genes)
                .next(carried)
                .next(publish)
                .build();
    }

    @Bean(NAME + ".inspect")
    Step inspect(UnitSteps steps) {
        return steps.single("inspect", new InspectStep());
    }

    @Bean(NAME + ".transpose")
    Step transpose(UnitSteps steps, @Qualifier(NAME + ".transposeBlocks") Step transposeBlocks) {
        return steps.partitioned("transpose", transposeBlocks, TransposeStep::partitions);
    }

    @Bean(NAME + ".transposeBlocks")
    Step transposeBlocks(UnitSteps steps) {
        return steps.worker("transposeBlocks", new TransposeStep());
    }

    @Bean(NAME + ".starts")
    Step starts(UnitSteps steps) {
        return steps.single("starts", new StartsStep());
    }

    @Bean(NAME + ".genes")
    Step genes(UnitSteps steps, @Qualifier(NAME + ".geneRanges") Step geneRanges) {
        return steps.partitioned("genes", geneRanges, MatrixStep::partitions);
    }

    @Bean(NAME + ".geneRanges")
    Step geneRanges(UnitSteps steps) {
        return steps.worker("geneRanges", new MatrixStep());
    }

    @Bean(NAME + ".carried")
    Step carried(UnitSteps steps, @Qualifier(NAME + ".carriedUnits") Step carriedUnits) {
        return steps.partitioned("carried", carriedUnits, CarriedStep::begin, CarriedStep::partitions);
    }

    @Bean(NAME + ".carriedUnits")
    Step carriedUnits(UnitSteps steps) {
        return steps.worker("carriedUnits", new CarriedStep());
    }

    @Bean(NAME + ".publish")
    Step publish(UnitSteps steps) {
        return steps.single("publish", new PublishStep());
    }
}
