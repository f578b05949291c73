package io.cellferry.jobs;

import java.util.function.Consumer;
import java.util.function.Function;

/// The steps that score genes, in whatever job they are wanted. A run that scores none finds nothing to do in them.
public final class HvgSteps {

    private HvgSteps() {}

    public static Consumer<JobSteps> scoring(Function<RunContext, HvgTask> scored) {
        HvgTurnStep turn = new HvgTurnStep(scored);
        HvgPassStep totals = new HvgTotalsStep(scored);
        HvgPassStep moments = new HvgMomentsStep(scored);
        HvgPassStep again = new HvgAgainStep(scored);
        return steps -> steps.partitioned("turn", "turnBlocks", turn, turn::partitions)
                .partitioned("totals", "totalsRanges", totals, totals::partitions)
                .single("median", new HvgMergeStep(totals))
                .partitioned("moments", "momentsRanges", moments, moments::partitions)
                .single("merge", new HvgMergeStep(moments))
                .partitioned("again", "againRanges", again, again::partitions)
                .single("mergeAgain", new HvgMergeStep(again));
    }
}
