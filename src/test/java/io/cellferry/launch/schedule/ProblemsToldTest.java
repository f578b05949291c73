package io.cellferry.launch.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.launch.jobfile.JobFile;
import io.cellferry.launch.jobfile.JobFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong with a job file is said when it begins and when it changes, not once a second.
class ProblemsToldTest {

    private static final JobFileProblem TYPO = new JobFileProblem("c", "line 3 is odd.", "Mend it.");
    private static final JobFileProblem PLACE = new JobFileProblem("c", "it leads outside.", "Choose another.");

    @TempDir
    Path temporary;

    private final List<String> heard = new ArrayList<>();
    private final ProblemsTold told = new ProblemsTold(heard::add);

    private JobFile job(String rest) throws IOException {
        return JobFileReader.read(Files.writeString(
                temporary.resolve("a.yml"), "job: cellucid-export\ninput: in.h5ad\noutput: out\n" + rest));
    }

    private void look(Optional<JobFile> job, Optional<JobFileProblem> problem) {
        told.look(List.of(JobFileState.of("a.yml", job, problem)));
    }

    @Test
    void eachProblemIsToldOnceAndSoIsItsEnd() throws IOException {
        JobFile nightly = job("schedule: 0 2 * * *\n");
        look(Optional.of(nightly), Optional.empty());
        assertThat(heard).isEmpty();

        look(Optional.empty(), Optional.of(TYPO));
        look(Optional.empty(), Optional.of(TYPO));
        look(Optional.of(nightly), Optional.of(PLACE));
        look(Optional.of(nightly), Optional.empty());
        look(Optional.of(nightly), Optional.empty());

        assertThat(heard)
                .containsExactly(
                        "a.yml is not followed: c: line 3 is odd. To do: Mend it.",
                        "a.yml is not followed: c: it leads outside. To do: Choose another.",
                        "a.yml is followed again");
    }

    @Test
    void aFileThatComesBackBrokenIsToldAgain() {
        look(Optional.empty(), Optional.of(TYPO));
        told.look(List.of());
        look(Optional.empty(), Optional.of(TYPO));

        assertThat(heard).hasSize(2);
    }

    /// Examples lie in the folder of job files too, and lead where this service may not go.
    @Test
    void whatWaitsForNothingIsNobodysBusiness() throws IOException {
        look(Optional.of(job("")), Optional.of(PLACE));

        assertThat(heard).isEmpty();
    }
}
