package io.cellferry.jobs.variablegenes;

/// What the steps that choose genes find to do in a run.
public sealed interface HvgTask {

    /// The choice is there, and what led to it is not needed any more. Units that were finished for it count as kept;
    /// neither input nor sums are opened.
    record Chosen(HvgPlan plan) implements HvgTask {}

    /// There is no choice yet.
    record Choosing(HvgRun hvg) implements HvgTask {}
}
