package io.cellferry.jobs.cellucidexport;

import io.cellferry.jobs.HvgAgainStep;
import io.cellferry.jobs.HvgMergeStep;
import io.cellferry.jobs.HvgMomentsStep;
import io.cellferry.jobs.HvgPassStep;
import io.cellferry.jobs.HvgTotalsStep;
import io.cellferry.jobs.HvgTurnStep;
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
/// Genes are chosen by their scores where the request says so; otherwise those steps find nothing to do. Every step
/// is a bean, because only beans are measured; bean names carry the job's name, because other jobs have an `inspect`
/// of their own.
@Configuration(proxyBeanMethods = false)
class CellucidExportJob {

    static final String NAME = "cellucid-export";

    private final HvgTurnStep turn = new HvgTurnStep(ExportRun::scored);
    private final HvgPassStep totals = new HvgTotalsStep(ExportRun::scored);
    private final HvgPassStep moments = new HvgMomentsStep(ExportRun::scored);
    private final HvgPassStep again = new HvgAgainStep(ExportRun::scored);

    @Bean(NAME)
    Job cellucidExport(
            JobRepository repository,
            @Qualifier(NAME + ".inspect") Step inspect,
            @Qualifier(NAME + ".turn") Step turnStep,
            @Qualifier(NAME + ".totals") Step totalsStep,
            @Qualifier(NAME + ".median") Step medianStep,
            @Qualifier(NAME + ".moments") Step momentsStep,
            @Qualifier(NAME + ".merge") Step mergeStep,
            @Qualifier(NAME + ".again") Step againStep,
            @Qualifier(NAME + ".mergeAgain") Step mergeAgainStep,
            @Qualifier(NAME + ".select") Step selectStep,
            @Qualifier(NAME + ".transpose") Step transpose,
            @Qualifier(NAME + ".embeddings") Step embeddings,
            @Qualifier(NAME + ".obs") Step obs,
            @Qualifier(NAME + ".genes") Step genes,
            @Qualifier(NAME + ".connectivities") Step connectivities,
            @Qualifier(NAME + ".vectors") Step vectors,
            @Qualifier(NAME + ".publish") Step publish) {
        return new JobBuilder(NAME, repository)
                .start(inspect)
                .next(turnStep)
                .next(totalsStep)
                .next(medianStep)
                .next(momentsStep)
                .next(mergeStep)
                .next(againStep)
                .next(mergeAgainStep)
                .next(selectStep)
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

    @Bean(NAME + ".turn")
    Step turn(UnitSteps steps, @Qualifier(NAME + ".turnBlocks") Step parts) {
        return steps.partitioned("turn", parts, turn::partitions);
    }

    @Bean(NAME + ".turnBlocks")
    Step turnBlocks(UnitSteps steps) {
        return steps.worker("turnBlocks", turn);
    }

    @Bean(NAME + ".totals")
    Step totals(UnitSteps steps, @Qualifier(NAME + ".totalsRanges") Step parts) {
        return steps.partitioned("totals", parts, totals::partitions);
    }

    @Bean(NAME + ".totalsRanges")
    Step totalsRanges(UnitSteps steps) {
        return steps.worker("totalsRanges", totals);
    }

    @Bean(NAME + ".moments")
    Step moments(UnitSteps steps, @Qualifier(NAME + ".momentsRanges") Step parts) {
        return steps.partitioned("moments", parts, moments::partitions);
    }

    @Bean(NAME + ".momentsRanges")
    Step momentsRanges(UnitSteps steps) {
        return steps.worker("momentsRanges", moments);
    }

    @Bean(NAME + ".again")
    Step again(UnitSteps steps, @Qualifier(NAME + ".againRanges") Step parts) {
        return steps.partitioned("again", parts, again::partitions);
    }

    @Bean(NAME + ".againRanges")
    Step againRanges(UnitSteps steps) {
        return steps.worker("againRanges", again);
    }

    @Bean(NAME + ".median")
    Step median(UnitSteps steps) {
        return steps.single("median", new HvgMergeStep(totals));
    }

    @Bean(NAME + ".merge")
    Step merge(UnitSteps steps) {
        return steps.single("merge", new HvgMergeStep(moments));
    }

    @Bean(NAME + ".mergeAgain")
    Step mergeAgain(UnitSteps steps) {
        return steps.single("mergeAgain", new HvgMergeStep(again));
    }

    @Bean(NAME + ".select")
    Step select(UnitSteps steps) {
        return steps.single("select", new SelectStep());
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
