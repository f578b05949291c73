package io.cellferry.jobs.cellucidexport;

import io.cellferry.jobs.UnitSteps;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The steps of the job `cellucid-export`, in order. Step names are stored with every run: they are published.
///
/// Every step is a bean, because only beans are measured; bean names carry the job's name, because other jobs have an
/// `inspect` of their own.
@Configuration(proxyBeanMethods = false)
class CellucidExportJob {

    static final String NAME = "cellucid-export";

    @Bean(NAME)
    Job cellucidExport(
            JobRepository repository,
            @Qualifier(NAME + ".inspect") Step inspect,
            @Qualifier(NAME + ".transpose") Step transpose,
            @Qualifier(NAME + ".embeddings") Step embeddings,
            @Qualifier(NAME + ".obs") Step obs,
            @Qualifier(NAME + ".genes") Step genes,
            @Qualifier(NAME + ".connectivities") Step connectivities,
            @Qualifier(NAME + ".vectors") Step vectors,
            @Qualifier(NAME + ".publish") Step publish) {
        return new JobBuilder(NAME, repository)
                .start(inspect)
                .next(transpose)
                .next(embeddings)
                .next(obs)
                .next(genes)
                .next(connectivities)
                .next(vectors)
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

    @Bean(NAME + ".embeddings")
    Step embeddings(UnitSteps steps) {
        return steps.single("embeddings", new EmbeddingsStep());
    }

    @Bean(NAME + ".obs")
    Step obs(UnitSteps steps, @Qualifier(NAME + ".obsFields") Step obsFields) {
        return steps.partitioned("obs", obsFields, ObsStep::partitions);
    }

    @Bean(NAME + ".obsFields")
    Step obsFields(UnitSteps steps) {
        return steps.worker("obsFields", new ObsStep());
    }

    @Bean(NAME + ".genes")
    Step genes(UnitSteps steps, @Qualifier(NAME + ".geneRanges") Step geneRanges) {
        return steps.partitioned("genes", geneRanges, GenesStep::partitions);
    }

    @Bean(NAME + ".geneRanges")
    Step geneRanges(UnitSteps steps) {
        return steps.worker("geneRanges", new GenesStep());
    }

    @Bean(NAME + ".connectivities")
    Step connectivities(UnitSteps steps) {
        return steps.single("connectivities", new ConnectivitiesStep());
    }

    @Bean(NAME + ".vectors")
    Step vectors(UnitSteps steps) {
        return steps.single("vectors", new VectorsStep());
    }

    @Bean(NAME + ".publish")
    Step publish(UnitSteps steps) {
        return steps.single("publish", new PublishStep());
    }
}
