package io.cellferry.launch.jobfile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a file in `jobs/` says: which job, from where, to where, with which options, and perhaps when or at whose
/// arrival. Both paths are absolute; in the file they are relative to the file itself. Those of a watching file hold
/// placeholders.
public record JobFile(
        Path file,
        String job,
        Path input,
        Path output,
        Map<String, List<String>> options,
        Optional<Schedule> schedule,
        Optional<Watch> watch) {

    /// What a watching file says about one file that arrived.
    public JobFile arrived(Path arrived) {
        Path folder = Objects.requireNonNull(file.getParent(), "the path of a job file is absolute");
        return new JobFile(
                file,
                job,
                Placeholders.fill(folder, input, arrived),
                Placeholders.fill(folder, output, arrived),
                options,
                schedule,
                Optional.empty());
    }
}
