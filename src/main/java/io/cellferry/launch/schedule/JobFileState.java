package io.cellferry.launch.schedule;

import io.cellferry.launch.jobfile.JobFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A file in the folder of job files, and how it stands.
///
/// `job` is what it says, empty when it cannot be read; `problem` is why nothing will come of it as it is. `next` is
/// the next planned time, `last` what came of the last one; `arrivals` are the latest files of a watching one, newest
/// first.
public record JobFileState(
        String file,
        Optional<JobFile> job,
        Optional<JobFileProblem> problem,
        Optional<Instant> next,
        Optional<LedgerEntry> last,
        List<LedgerEntry> arrivals) {

    public JobFileState {
        arrivals = List.copyOf(arrivals);
    }

    static JobFileState of(String file, Optional<JobFile> job, Optional<JobFileProblem> problem) {
        return new JobFileState(file, job, problem, Optional.empty(), Optional.empty(), List.of());
    }
}
