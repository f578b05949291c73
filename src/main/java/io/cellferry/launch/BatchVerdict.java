package io.cellferry.launch;

import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInterruptedException;

/// Why a job execution did not complete.
final class BatchVerdict {

    private BatchVerdict() {}

    /// Empty when it completed, or stopped because it was asked to. Everything else has a reason: an execution that
    /// ends UNKNOWN because its database went away must never pass for a run that somebody stopped.
    static Optional<Throwable> reason(JobExecution execution, boolean askedToStop) {
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return Optional.empty();
        }
        List<Throwable> all = execution.getAllFailureExceptions();
        Optional<Throwable> telling =
                all.stream().filter(e -> !isConsequence(e)).findFirst();
        if (telling.isPresent() || askedToStop) {
            return telling;
        }
        return Optional.of(all.stream()
                .findFirst()
                .orElseGet(() -> new IllegalStateException(
                        "the batch framework ended the job as %s without a reason".formatted(execution.getStatus()))));
    }

    // A partitioned step says only that its partitions did not complete; a stopped step, that it was interrupted.
    private static boolean isConsequence(Throwable thrown) {
        return thrown.getClass() == JobExecutionException.class || thrown instanceof JobInterruptedException;
    }
}
