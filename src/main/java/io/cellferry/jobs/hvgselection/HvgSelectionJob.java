package io.cellferry.jobs.hvgselection;

import io.cellferry.jobs.HvgAgainStep;
import io.cellferry.jobs.HvgMergeStep;
import io.cellferry.jobs.HvgMomentsStep;
import io.cellferry.jobs.HvgPassStep;
import io.cellferry.jobs.HvgTask;
import io.cellferry.jobs.HvgTotalsStep;
import io.cellferry.jobs.HvgTurnStep;
import io.cellferry.jobs.RunContext;
import io.cellferry.jobs.UnitSteps;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The steps of the job `hvg-selection`, in order. Step names are stored with every run: they are published.
@Configuration(proxyBeanMethods = false)
class HvgSelectionJob {

    static final String NAME = "hvg-selection";

    private final HvgTurnStep turn = new HvgTurnStep(HvgSelectionJob::scored);
    private final HvgPassStep totals = new HvgTotalsStep(HvgSelectionJob::scored);
    private final HvgPassStep moments = new HvgMomentsStep(HvgSelectionJob::scored);
    private final HvgPassStep again = new HvgAgainStep(HvgSelectionJob::scored);

    private static HvgTask scored(RunContext run) {
        return new HvgTask.Choosing(SelectionRun.of(run));
    }

    @Bean(NAME)
    Job hvgSelection(
            JobRepository repository,
            @Qualifier(NAME + ".inspect") Step inspect,
            @Qualifier(NAME + ".turn") Step turnMatrix,
            @Qualifier(NAME + ".totals") Step countTotals,
            @Qualifier(NAME + ".median") Step median,
            @Qualifier(NAME + ".moments") Step addMoments,
            @Qualifier(NAME + ".merge") Step merge,
            @Qualifier(NAME + ".again") Step readAgain,
            @Qualifier(NAME + ".mergeAgain") Step mergeAgain,
            @Qualifier(NAME + ".select") Step select,
            @Qualifier(NAME + ".publish") Step publish) {
        return new JobBuilder(NAME, repository)
                .start(inspect)
                .next(turnMatrix)
                .next(countTotals)
                .next(median)
                .next(addMoments)
                .next(merge)
                .next(readAgain)
                .next(mergeAgain)
                .next(select)
                .next(publish)
                .build();
    }

    @Bean(NAME + ".inspect")
    Step inspect(UnitSteps steps) {
        return steps.single("inspect", new InspectStep());
    }

    @Bean(NAME + ".turn")
    Step turn(UnitSteps steps, @Qualifier(NAME + ".turnBlocks") Step blocks) {
        return steps.partitioned("turn", blocks, turn::partitions);
    }

    @Bean(NAME + ".turnBlocks")
    Step turnBlocks(UnitSteps steps) {
        return steps.worker("turnBlocks", turn);
    }

    @Bean(NAME + ".totals")
    Step totals(UnitSteps steps, @Qualifier(NAME + ".totalsRanges") Step ranges) {
        return steps.partitioned("totals", ranges, totals::partitions);
    }

    @Bean(NAME + ".totalsRanges")
    Step totalsRanges(UnitSteps steps) {
        return steps.worker("totalsRanges", totals);
    }

    @Bean(NAME + ".median")
    Step median(UnitSteps steps) {
        return steps.single("median", new HvgMergeStep(totals));
    }

    @Bean(NAME + ".moments")
    Step moments(UnitSteps steps, @Qualifier(NAME + ".momentsRanges") Step ranges) {
        return steps.partitioned("moments", ranges, moments::partitions);
    }

    @Bean(NAME + ".momentsRanges")
    Step momentsRanges(UnitSteps steps) {
        return steps.worker("momentsRanges", moments);
    }

    @Bean(NAME + ".merge")
    Step merge(UnitSteps steps) {
        return steps.single("merge", new HvgMergeStep(moments));
    }

    @Bean(NAME + ".again")
    Step again(UnitSteps steps, @Qualifier(NAME + ".againRanges") Step ranges) {
        return steps.partitioned("again", ranges, again::partitions);
    }

    @Bean(NAME + ".againRanges")
    Step againRanges(UnitSteps steps) {
        return steps.worker("againRanges", again);
    }

    @Bean(NAME + ".mergeAgain")
    Step mergeAgain(UnitSteps steps) {
        return steps.single("mergeAgain", new HvgMergeStep(again));
    }

    @Bean(NAME + ".select")
    Step select(UnitSteps steps) {
        return steps.single("select", new SelectStep());
    }

    @Bean(NAME + ".publish")
    Step publish(UnitSteps steps) {
        return steps.single("publish", new PublishStep());
    }
}
