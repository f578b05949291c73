package io.cellferry.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Problem;
import io.cellferry.jobs.Partitions.Partition;
import io.cellferry.launch.RunOutcome;
import io.cellferry.launch.RunRequest;
import io.cellferry.launch.TestRuns;
import io.cellferry.restart.TinyExport;
import io.cellferry.storage.StagedFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Partitions begin in the order of the plan, which may put the longest first: not by name, nor as the framework's
/// sets and the repository's rows happen to lie.
class PartitionOrderTest {

    private static final Shuffled JOB = new Shuffled();

    @AutoClose
    private static final TestRuns RUNS = new TestRuns("order", JOB);

    @BeforeEach
    void forget() {
        JOB.begun.clear();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 12, 120, 499, 1203})
    void partitionsBeginInTheOrderOfThePlan(int units) {
        assertThat(run(units, "whole", Integer.MAX_VALUE).end()).isEqualTo(RunOutcome.End.DONE);

        assertThat(JOB.begun).containsExactlyElementsOf(names(units, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 120})
    void thoseThatAreLeftBeginInThatOrderAgain(int units) {
        assertThat(run(units, "stopped", units * 2 / 3).end()).isEqualTo(RunOutcome.End.STOPPED);
        JOB.begun.clear();

        assertThat(run(units, "stopped", Integer.MAX_VALUE).end()).isEqualTo(RunOutcome.End.DONE);

        List<String> all = names(units, 1);
        assertThat(JOB.begun).containsExactlyElementsOf(all.subList(all.size() - JOB.begun.size(), all.size()));
        assertThat(JOB.begun).hasSizeBetween(2, all.size() - 1);
    }

    /// With fewer workers a name that stood for few units, all finished, stands for more of them.
    @ParameterizedTest
    @CsvSource({"1, 3", "3, 1"})
    void anAttemptWithOtherWorkersHasOtherPartitionsAndDoesWhatIsLeft(int before, int after) {
        int units = 24;
        String output = "moved-%d".formatted(before);
        RunOutcome stopped = run(units, before, output, 10);
        assertThat(stopped.end()).isEqualTo(RunOutcome.End.STOPPED);
        assertThat(stopped.doneUnits()).isBetween(6L, 14L);

        RunOutcome finished = run(units, after, output, Integer.MAX_VALUE);

        assertThat(finished.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(names(units, before)).isNotEqualTo(names(units, after));
        assertThat(finished.keptUnits()).isEqualTo(stopped.doneUnits());
        assertThat(finished.doneUnits()).isEqualTo(units - stopped.doneUnits());
        assertThat(finished.outputFiles()).isEqualTo(units);
    }

    private static List<String> names(int units, int workers) {
        return Shuffled.partitions(units, workers).stream().map(Partition::name).toList();
    }

    private static Path output(String name, int units) {
        return RUNS.at("%s-%d".formatted(name, units));
    }

    private static RunOutcome run(int units, String name, int most) {
        return run(units, 1, name, most);
    }

    /// A run that is asked to stop after `most` units.
    private static RunOutcome run(int units, int workers, String name, int most) {
        JobRequest request = new JobRequest(
                JOB.name(),
                TinyExport.TINY,
                output(name, units),
                OptionValues.of(JOB.options(), Map.of("units", List.of(String.valueOf(units)))));
        MachineRoom room = new MachineRoom(1L << 30, 512L << 20, workers, Optional.empty());
        AtomicInteger left = new AtomicInteger(most);
        return RUNS.run(
                new RunRequest(JOB, request, false), room, new RunProgress(), () -> left.getAndDecrement() <= 0);
    }

    /// Units whose order is neither that of their names nor its reverse.
    private static final class Shuffled implements ConversionJob {

        private static final OptionRule UNITS = OptionRule.text("units", "how many units there are");

        /// Partitions as their work began.
        private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

        static List<Partition<String>> partitions(int units, int workers) {
            // 389 shares no factor with the numbers of units here, so every number comes once.
            return Partitions.ofAlike(
                    IntStream.range(0, units)
                            .mapToObj(i -> "unit-%d".formatted(i * 389 % units))
                            .toList(),
                    workers,
                    unit -> unit);
        }

        private static List<Partition<String>> partitions(RunContext run) {
            return partitions(
                    Integer.parseInt(run.request().options().text("units").orElseThrow()),
                    run.room().threads());
        }

        private void work(RunContext run, String partition) {
            begun.add(partition);
            for (String unit : Partitions.units(partitions(run), partition)) {
                run.unit(unit, writer -> {
                    try (StagedFile file = writer.output(unit)) {
                        file.write(new byte[1]);
                        file.finish();
                    }
                });
            }
        }

        @Override
        public JobSteps steps() {
            return new JobSteps(name())
                    .partitioned("units", "unit", this::work, Shuffled::partitions)
                    .single("publish", run -> run.publish(Map.of("job", name())));
        }

        @Override
        public String name() {
            return "shuffled";
        }

        @Override
        public String verb() {
            return name();
        }

        @Override
        public String summary() {
            return name();
        }

        @Override
        public List<OptionRule> options() {
            return List.of(UNITS);
        }

        @Override
        public void check(JobRequest request) {}

        @Override
        public Optional<FactSheet> inspect(Path input, OptionValues part) {
            return Optional.empty();
        }

        @Override
        public JobPlan plan(JobRequest request, MachineRoom room) {
            FactSheet sheet = new FactSheet(name(), List.of(), List.of(), Map.of());
            return new JobPlan(sheet, 1, 1, 0, 0, 1, Duration.ZERO, Optional.empty());
        }

        @Override
        public boolean recognises(Path output) {
            return false;
        }

        @Override
        public List<Problem> verify(Path output, Optional<Path> input, CheckDepth depth) {
            return List.of();
        }
    }
}
