package io.cellferry.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.cellferry.jobs.RunProgress;
import io.cellferry.launch.DurabilityProbe;
import io.cellferry.launch.RunOutcome;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.UnfinishedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real processes, killed or stopped, and their requests given again.
class KilledProcessTest {

    private static final String CELLFERRY = "io.cellferry.launch.cli.Cellferry";
    private static final int STOPPED = 130;

    @TempDir
    Path temporary;

    private Path folder;
    private Path output;
    private Path state;

    @BeforeEach
    void useTheRealFolder() throws IOException {
        folder = temporary.toRealPath();
        output = folder.resolve("out");
        state = folder.resolve("state");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 10})
    void aKilledProcessIsContinuedWithTheSameBytes(int unit) throws Exception {
        killBefore(unit);
        assertThat(output).doesNotExist();

        RunOutcome resumed = resume();

        assertThat(resumed.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(resumed.keptUnits() + resumed.doneUnits()).isEqualTo(11);
        assertThat(FolderContents.of(output)).isEqualTo(undisturbed());
        assertThat(state.resolve("repository")).isEmptyDirectory();
    }

    @Test
    void anEmbeddedRepositoryThatIsRubbishIsReplaced() throws Exception {
        killBefore(6);
        Path file = onlyFile(state.resolve("repository"));
        Files.writeString(file, "H:2,block:no such thing\n".repeat(1000));

        RunOutcome resumed = resume();

        assertThat(resumed.reason()).isEmpty();
        assertThat(resumed.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(resumed.keptUnits()).isGreaterThanOrEqualTo(5);
        assertThat(FolderContents.of(output)).isEqualTo(undisturbed());
    }

    @Test
    void aLostStateFolderLosesNoWork() throws Exception {
        killBefore(6);
        FolderContents.emptied(state);

        RunOutcome resumed = resume();

        assertThat(resumed.keptUnits()).isGreaterThanOrEqualTo(5);
        assertThat(FolderContents.of(output)).isEqualTo(undisturbed());
    }

    @Test
    void aTerminatedProgramStopsAtTheNextUnitAndTheSameCommandContinues() throws Exception {
        killBefore(6);
        int kept = unfinished().finishedUnits();

        try (ChildProcess program = program()) {
            program.awaitLine("resumes, kept").terminate();
            assertThat(program.exitCode()).as(program.said()).isEqualTo(STOPPED);
            assertThat(program.said()).contains("stopping at the next unit", "the same command, or `cellferry resume");
        }
        assertThat(unfinished().finishedUnits()).isGreaterThanOrEqualTo(kept);
        assertThat(output).doesNotExist();

        try (ChildProcess program = program()) {
            assertThat(program.exitCode()).as(program.said()).isZero();
            assertThat(program.said()).contains("resumes, kept").contains("done: " + output);
        }
        assertThat(FolderContents.of(output)).isEqualTo(undisturbed());
        assertThat(folder.resolve(".cellferry")).doesNotExist();
    }

    @Test
    void aClosedTerminalStopsItLikeThat() throws Exception {
        assumeThat(isHangUpIgnored()).as("these tests run under nohup").isFalse();
        killBefore(6);

        try (ChildProcess program = program()) {
            program.awaitLine("resumes, kept").hangUp();
            assertThat(program.exitCode()).as(program.said()).isEqualTo(STOPPED);
        }

        assertThat(resume().end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(FolderContents.of(output)).isEqualTo(undisturbed());
    }

    /// Processes inherit it; signal 1 is the lowest bit.
    private static boolean isHangUpIgnored() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(8).strip(), 16) & 1) == 1);
    }

    @Test
    void aStopMarkerStopsTheProgramAtTheNextUnit() throws Exception {
        killBefore(6);

        try (ChildProcess program = program()) {
            program.awaitLine("resumes, kept");
            new RunFolders(new RealDisk()).requestStop(output, unfinished().runId());
            assertThat(program.exitCode()).as(program.said()).isEqualTo(STOPPED);
        }

        assertThat(resume().end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(FolderContents.of(output)).isEqualTo(undisturbed());
    }

    @Test
    void twoRunsInOneProcessAreNotTakenForEachOther() {
        Path other = folder.resolve("other").resolve("out");
        List<RunOutcome> inner = new ArrayList<>();

        // The second begins and ends while the first is in the middle of a step.
        RunOutcome outer = start(output, state, () -> {
            if (inner.isEmpty()) {
                inner.add(CompletableFuture.supplyAsync(() -> start(other, state, () -> false))
                        .join());
            }
            return false;
        });

        assertThat(inner.getFirst().reason()).isEmpty();
        assertThat(outer.reason()).isEmpty();
        assertThat(outer.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(FolderContents.of(other)).isEqualTo(undisturbed());
        assertThat(FolderContents.of(output)).isEqualTo(undisturbed());
    }

    @Test
    void aCommitToTheEmbeddedRepositorySurvivesTheDeathOfItsProcess() throws Exception {
        try (ChildProcess child =
                ChildProcess.start(folder, CommittingChild.class.getName(), List.of(folder.toString()))) {
            child.awaitLine(ExportChild.STANDING).kill();
        }

        assertThat(DurabilityProbe.committedRows(folder)).isEqualTo(1);
    }

    @Test
    void anInvalidOptionIsRefusedBeforeAnythingIsWritten() throws Exception {
        try (ChildProcess program = program("--gzip", "12", "--quantise-genes", "8")) {
            assertThat(program.exitCode()).isEqualTo(64);
        }
        try (ChildProcess program = program("--gzip", "12", "--on-missing", "ignore")) {
            assertThat(program.exitCode()).isEqualTo(64);
            assertThat(program.said())
                    .contains("Option gzip must be a whole number from 1 to 9 or none, not \"12\".")
                    .contains("Option on-missing must be one of refuse, mark, not \"ignore\".")
                    .contains("to do:");
        }

        assertThat(folder).isEmptyDirectory();
    }

    private ChildProcess program(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "export",
                TinyExport.TINY.toString(),
                "-o",
                output.toString(),
                "--state-dir",
                state.toString(),
                "--threads",
                "1",
                "--created-at",
                "2026-01-02T03:04:05Z",
                "--centroid-min-points",
                "1",
                "--quantize-genes",
                "8"));
        arguments.addAll(List.of(more));
        return ChildProcess.start(folder, CELLFERRY, arguments);
    }

    private void killBefore(int unit) throws Exception {
        List<String> arguments =
                List.of(TinyExport.TINY.toString(), output.toString(), state.toString(), Integer.toString(unit));
        try (ChildProcess child = ChildProcess.start(folder, ExportChild.class.getName(), arguments)) {
            child.awaitLine(ExportChild.STANDING).kill();
        }
    }

    private RunOutcome resume() {
        return start(output, state, () -> false);
    }

    private static RunOutcome start(Path output, Path state, BooleanSupplier stopAsked) {
        return ExportChild.starter(state, Optional.empty())
                .start(
                        TinyExport.request(TinyExport.TINY, output),
                        TinyExport.room(1),
                        new RunProgress(),
                        stopAsked,
                        (id, resumed, kept, log) -> {});
    }

    private Map<String, String> undisturbed() {
        Path elsewhere = folder.resolve("undisturbed").resolve("out");
        start(elsewhere, folder.resolve("state-of-undisturbed"), () -> false);
        return FolderContents.of(elsewhere);
    }

    private UnfinishedRun unfinished() {
        List<UnfinishedRun> all = new RunFolders(new RealDisk()).unfinished(folder);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }
}
