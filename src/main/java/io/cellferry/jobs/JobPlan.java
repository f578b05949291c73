package io.cellferry.jobs;

import io.cellferry.failure.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a run would do, foretold by the code that does it.
///
/// `files` is exact, or the most there can be where empty files are left out; `outputBytes` is an estimate when
/// payloads are compressed; `scratchBytes` is an upper bound of what lies beside the output while the run works;
/// `memoryBytes` is what one worker needs at most; `units` counts journaled units. `settled` is the job's own plan,
/// absent when the request is refused.
public record JobPlan(
        FactSheet sheet,
        long files,
        long outputBytes,
        long scratchBytes,
        long memoryBytes,
        long units,
        Duration estimate,
        Optional<SettledPlan> settled) {

    /// With one more problem, told first.
    public JobPlan with(Problem problem) {
        return new JobPlan(
                sheet.with(problem), files, outputBytes, scratchBytes, memoryBytes, units, estimate, settled);
    }

    public List<Problem> problems() {
        return sheet.problems();
    }

    public boolean refuses() {
        return problems().stream().anyMatch(Problem::refuses);
    }
}
