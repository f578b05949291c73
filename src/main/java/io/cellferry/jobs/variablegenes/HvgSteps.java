package io.cellferry.jobs.variablegenes;

import io.cellferry.jobs.JobSteps;
import io.cellferry.jobs.RunContext;
import java.util.function.Consumer;
import java.util.function.Function;

/// The steps that score genes, in whatever job they are wanted.
public final class HvgSteps {

    private HvgSteps() {}

    public static Consumer<JobSteps> scoring(Function<RunContext, HvgTask> scored) {
        TurnStep turn = new TurnStep(scored);
        PassStep totals = new TotalsStep(scored);
        PassStep moments = new MomentsStep(scored);
        PassStep again = new AgainStep(scored);
        return steps -> steps.partitioned("turn", "turnBlocks", turn, turn::partitions)
                .partitioned("totals", "totalsRanges", totals, totals::partitions)
                .single("median", new MergeStep(totals))
                .partitioned("moments", "momentsRanges", moments, moments::partitions)
                .single("merge", new MergeStep(moments))
                .partitioned("again", "againRanges", again, again::partitions)
                .single("mergeAgain", new MergeStep(again));
    }
}
