package io.cellferry.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Refusal;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import io.cellferry.jobs.RunProgress;
import io.cellferry.jobs.genemajorstore.GeneMajorStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An input that changes while it is read never becomes an output that is a mixture of two.
class ChangingInputTest {

    private static final Path TINY = Path.of("src/test/resources/tiny/tiny.h5ad");
    private static final GeneMajorStore JOB = new GeneMajorStore();
    private static TestRuns runs;

    @BeforeAll
    static void open() {
        runs = new TestRuns("changing-input", JOB);
    }

    @AfterAll
    static void close() throws IOException {
        runs.close();
    }

    /// What somebody does to an input that is being read.
    private enum Change {
        TIME {
            @Override
            void make(Path input) throws IOException {
                Files.setLastModifiedTime(input, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
            }
        },
        REPLACED {
            @Override
            void make(Path input) throws IOException {
                Files.delete(input);
                Files.copy(Path.of("src/test/resources/tiny/wide.h5ad"), input);
            }
        },
        REMOVED {
            @Override
            void make(Path input) throws IOException {
                Files.delete(input);
            }
        };

        abstract void make(Path input) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsPublishedAndTheWorkIsKept(Change change) throws IOException {
        Path input = Files.copy(TINY, runs.at(change + ".h5ad"));
        FileTime before = Files.getLastModifiedTime(input);
        Path output = runs.at(change + ".zarr");
        AtomicInteger asked = new AtomicInteger();

        RunOutcome outcome = runs.run(request(input, output), TestRuns.ROOM, new RunProgress(), () -> {
            if (asked.incrementAndGet() == 2) {
                try {
                    change.make(input);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return false;
        });

        assertThat(outcome.end()).isEqualTo(RunOutcome.End.FAILED);
        assertThat(outcome.reason()).get().isInstanceOf(Refusal.class);
        assertThat(outcome.reason().orElseThrow()).hasMessageContaining(input.toString());
        assertThat(output).doesNotExist();

        Files.deleteIfExists(input);
        Files.copy(TINY, input);
        Files.setLastModifiedTime(input, before);
        RunOutcome again = runs.run(request(input, output));
        assertThat(again.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(again.keptUnits()).isPositive();
        assertThat(TestRuns.differences(JOB, output, input)).isEmpty();
    }

    @Test
    void aNewTimeIsNamed() throws IOException {
        Path input = Files.copy(TINY, runs.at("named.h5ad"));
        Path output = runs.at("named.zarr");

        RunOutcome outcome = runs.run(request(input, output), TestRuns.ROOM, new RunProgress(), () -> {
            try {
                Change.TIME.make(input);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return false;
        });

        InputRefused reason = (InputRefused) outcome.reason().orElseThrow();
        assertThat(reason)
                .hasMessageStartingWith(input + ": expected the state in which the run began, found that it changed")
                .hasMessageEndingWith("and now at 2026-01-01T00:00:00Z.");
        assertThat(reason.remedy()).contains("Nothing is published.", "--replace");
    }

    private static RunRequest request(Path input, Path output) {
        OptionValues options = OptionValues.of(JOB.options(), Map.of());
        return new RunRequest(JOB, new JobRequest(JOB.name(), input, output, options), false);
    }
}
