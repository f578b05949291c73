package io.cellferry.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.launch.profile.ProfileReader;
import io.cellferry.launch.profile.ProfileSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command line says where the report of a run lies, records a profile when asked to, and cleans both away.
class ReportsOnTheCommandLineTest {

    private static final String[] RUN = {"hvg", "jobs/data/demo.h5ad", "-o", "out/genes.csv"};

    private Program program;
    private Path reports;

    @BeforeEach
    void makeProgram(@TempDir Path empty) throws IOException {
        program = new Program(empty);
        reports = empty.resolve("state/reports");
    }

    @Test
    void runsVerboseAndJsonNameTheReportAndCleanRemovesIt() throws IOException {
        Program.Answer ran = program.run(with("-v", "--json"));
        JsonNode said = JsonMapper.builder().build().readTree(ran.results());
        String page = said.path("report").asString("");
        String id = said.path("run").asString("");

        assertThat(ran.code()).isZero();
        assertThat(Path.of(page)).isRegularFile().hasFileName("report.html");
        assertThat(ran.messages()).contains("report " + page);
        assertThat(program.run("runs", id).results()).contains("report " + page);
        assertThat(program.run("runs", id, "--json").results()).contains("\"report\"");
        assertThat(program.run("clean").code()).isZero();
        try (var left = Files.list(reports)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aProfileLiesBesideTheReportAndIsSummedUpInIt() throws IOException {
        Program.Answer ran = program.run(with("--profile"));

        assertThat(ran.code()).isZero();
        Path own = only(reports);
        Path recording = own.resolve(own.getFileName() + ".jfr");
        assertThat(recording).isRegularFile();
        assertThat(own.resolve("report.html"))
                .content()
                .contains("<h2>Profile</h2>", "Where memory was asked for", "garbage collections");
        ProfileSummary summary = ProfileReader.read(recording);
        assertThat(summary.allocatedBytes()).isPositive();
        assertThat(summary.allocations()).isNotEmpty();
        assertThat(summary.allocations().getFirst().share()).isBetween(0.0, 1.0);
    }

    @Test
    void quickVerbsTakeTheFlagAndSayWhatTheyFound() {
        Program.Answer inspected = program.run("inspect", "jobs/data/demo.h5ad", "--profile");
        Program.Answer planned = program.run("plan", "hvg", "jobs/data/demo.h5ad", "-o", "out/genes.csv", "--profile");

        assertThat(inspected.code()).isZero();
        assertThat(inspected.messages()).contains("profile ", "inspect-", ".jfr");
        assertThat(planned.code()).isZero();
        assertThat(planned.messages()).contains("plan-", "memory asked for");
    }

    private static String[] with(String... more) {
        String[] all = java.util.Arrays.copyOf(RUN, RUN.length + more.length);
        System.arraycopy(more, 0, all, RUN.length, more.length);
        return all;
    }

    private static Path only(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.toList().getFirst();
        }
    }
}
