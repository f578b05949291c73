package io.cellferry.jobs;

import java.util.List;

/// How many journaled units a step of a run has by its plan.
public record StepUnits(String step, long units) {
    public StepUnits {
        if (units < 0) {
            throw new IllegalArgumentException("step %s cannot have %d units".formatted(step, units));
        }
    }

    /// Of all steps together.
    public static long total(List<StepUnits> steps) {
        return steps.stream().mapToLong(StepUnits::units).sum();
    }
}
