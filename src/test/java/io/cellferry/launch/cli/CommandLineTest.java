package io.cellferry.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.launch.Version;
import io.cellferry.storage.InputFingerprint;
import io.cellferry.storage.Opening;
import io.cellferry.storage.OutputHeading;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolder;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.RunTarget;
import io.cellferry.storage.StandardOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command line says where, what was expected, what was found and what to do, on the right stream and with the
/// right exit code.
class CommandLineTest {

    private static final String DEMO = "jobs/data/demo.h5ad";
    private static final String[] FAST = {
        "export", DEMO, "-o", "out/demo", "--matrix", "none", "--created-at", "2026-01-01T00:00:00Z"
    };

    private Program program;

    @BeforeEach
    void makeProgram(@TempDir Path empty) throws IOException {
        program = new Program(empty);
    }

    @Test
    void helpListsEveryVerbAndEveryExitCode() {
        Program.Answer answer = program.run("--help");

        assertThat(answer.code()).isZero();
        assertThat(answer.results() + answer.messages())
                .contains(
                        "export",
                        "transpose",
                        "pyramid",
                        "hvg",
                        "plan",
                        "inspect",
                        "run",
                        "verify",
                        "catalog",
                        "runs",
                        "resume",
                        "stop",
                        "clean")
                .contains("64", "65", "69", "70", "73", "74", "75", "130");
    }

    /// Nothing is dropped silently: not before the run, not at its end, and not when it is asked for again.
    @Test
    void whatAStoreLacksIsSaidByNameEachTimeSomebodyAsks() {
        String odd =
                Path.of("src/test/resources/members/loop.h5ad").toAbsolutePath().toString();
        String[] run = {"transpose", odd, "-o", "out/odd.zarr"};
        String found = "a link to a group that it lies in itself";

        assertThat(program.run("inspect", odd).results()).contains("uns/loop/one", found);
        assertThat(program.run("plan", "transpose", odd, "-o", "out/odd.zarr").results())
                .contains("warning output.not-carried", "uns/loop/one", found);
        Program.Answer first = program.run(run);
        assertThat(first.code()).isZero();
        assertThat(first.messages())
                .contains("the plan warns of 2 things:")
                .contains("the output lacks 2 things that the input has:")
                .contains("uns/loop/one is not carried over: " + found, "uns/loop/two", "to do: Keep the input");
        Program.Answer again = program.run(run);
        assertThat(again.messages())
                .contains("already done")
                .contains("lacks 2 things")
                .contains("uns/loop/two");
        Program.Answer json = program.run("transpose", odd, "-o", "out/odd.zarr", "--json");
        assertThat(JsonMapper.builder().build().readTree(json.results()).path("notCarried"))
                .hasSize(2);
    }

    /// Two thousand million cells that a few lines of metadata announce: no heap of a test holds a column of them.
    @Test
    void memoryThatRunsOutWhilePlanningIsToldAsThatAndNotAsADefect() throws IOException {
        Path store = Files.createDirectories(program.folder().resolve("announced.zarr"));
        Files.writeString(store.resolve(".zgroup"), "{\"zarr_format\": 2}");
        for (String group : new String[] {"obs", "var", "obsm"}) {
            Files.createDirectories(store.resolve(group));
            Files.writeString(store.resolve(group).resolve(".zgroup"), "{\"zarr_format\": 2}");
            Files.writeString(
                    store.resolve(group).resolve(".zattrs"), "{\"_index\": \"_index\", \"column-order\": [\"depth\"]}");
        }
        for (String array : new String[] {
            "obs/_index 2000000000",
            "obs/depth 2000000000",
            "var/_index 2",
            "X 2000000000,2",
            "obsm/X_umap 2000000000,2"
        }) {
            String[] words = array.split(" ");
            Files.createDirectories(store.resolve(words[0]));
            Files.writeString(store.resolve(words[0]).resolve(".zarray"), """
                    {"zarr_format": 2, "shape": [%s], "chunks": [%s], "dtype": "<f4", "compressor": null,
                     "fill_value": 0, "order": "C", "filters": null}""".formatted(
                            words[1], words[1].replace("2000000000", "1000000"))
                    .replace("<f4", words[0].endsWith("_index") ? "<i4" : "<f4"));
        }

        Program.Answer answer = program.run("plan", "export", store.toString(), "-o", "out/announced");

        assertThat(answer.code()).isEqualTo(75);
        assertThat(answer.messages())
                .contains("Memory ran out", "to do: ", "--memory")
                .doesNotContain("at io.cellferry");
    }

    @Test
    void anUnknownVerbOrOptionIsAWrongRequestWithASuggestion() {
        assertThat(program.run("exprot", DEMO).code()).isEqualTo(64);
        Program.Answer option = program.run("export", DEMO, "-o", "out/demo", "--quantise-genes", "8");

        assertThat(option.code()).isEqualTo(64);
        assertThat(option.messages()).contains("--quantise-genes").contains("--quantize-genes");
    }

    @Test
    void aScheduledFileIsJustRunAndAWatchingOneIsExplained() throws IOException {
        Path jobs = program.folder().resolve("jobs");
        Files.writeString(
                jobs.resolve("nightly.yml"),
                "job: hvg-selection\ninput: data/demo.h5ad\noutput: ../out/genes.csv\nschedule: 0 2 * * *\n");
        Files.writeString(
                jobs.resolve("incoming.yml"),
                "job: hvg-selection\ninput: \"{file}\"\noutput: ../out/{name}.csv\n"
                        + "watch: {folder: data, pattern: '*.h5ad'}\n");

        assertThat(program.run("run", "jobs/nightly.yml").code()).isZero();
        assertThat(program.folder().resolve("out/genes.csv")).isRegularFile();
        Program.Answer waiting = program.run("run", "jobs/incoming.yml");
        assertThat(waiting.code()).isEqualTo(64);
        assertThat(waiting.messages())
                .contains("waits for files in", "cellferry serve", "cellferry hvg FILE -o OUTPUT");
    }

    @Test
    void theSchemaOfJobFilesIsOneDocumentWithAllJobs() {
        Program.Answer answer = program.run("schema");

        assertThat(answer.code()).isZero();
        JsonNode schema = JsonMapper.builder().build().readTree(answer.results());
        assertThat(schema.at("/properties/job/enum").size()).isEqualTo(4);
        assertThat(schema.at("/allOf/0/then/properties/options/properties").size())
                .isPositive();
    }

    @Test
    void jobFilesAreDoneInOrderUntilOneDoesNotSucceed() throws IOException {
        Path jobs = program.folder().resolve("jobs");
        for (String name : new String[] {"first", "second"}) {
            Files.writeString(
                    jobs.resolve(name + ".yml"),
                    "job: hvg-selection\ninput: data/demo.h5ad\noutput: ../out/%s.csv\n".formatted(name));
        }
        Files.writeString(
                jobs.resolve("broken.yml"),
                "job: hvg-selection\ninput: data/missing.h5ad\noutput: ../out/broken.csv\n");

        assertThat(program.run("run", "jobs/first.yml", "jobs/broken.yml", "jobs/second.yml")
                        .code())
                .isEqualTo(65);
        assertThat(program.folder().resolve("out/first.csv")).isRegularFile();
        assertThat(program.folder().resolve("out/second.csv")).doesNotExist();

        Program.Answer two = program.run("run", "jobs/first.yml", "jobs/second.yml", "-o", "out/both");
        assertThat(two.code()).isEqualTo(64);
        assertThat(two.messages()).contains("2 job files");
    }

    @Test
    void everyWrongValueIsToldAtOnceAndNothingIsWritten() {
        Program.Answer answer =
                program.run("export", DEMO, "-o", "out/demo", "--gzip", "11", "--quantize-genes", "4", "--gzip", "3");

        assertThat(answer.code()).isEqualTo(64);
        assertThat(answer.messages())
                .contains("gzip is given 2 times")
                .contains("gzip must be a whole number from 1 to 9 or none, not \"11\"")
                .contains("quantize-genes must be one of 8, 16, none, not \"4\"");
        assertThat(program.folder().resolve("out")).doesNotExist();
    }

    @Test
    void whatIsNoDataSetIsRefusedByItsFirstBytesAndNothingIsWritten() throws IOException {
        Files.writeString(program.folder().resolve("table.h5ad"), "cell,gene,count\n");

        Program.Answer missing = program.run("export", "nothing.h5ad", "-o", "out/demo");
        Program.Answer text = program.run("export", "table.h5ad", "-o", "out/demo");

        assertThat(missing.code()).isEqualTo(65);
        assertThat(missing.messages()).contains("nothing.h5ad").contains("to do:");
        assertThat(text.code()).isEqualTo(65);
        assertThat(text.messages()).contains("table.h5ad").contains("to do:");
        assertThat(program.folder().resolve("out")).doesNotExist();
    }

    @Test
    void inspectAnswersInWordsAndInJson() {
        Program.Answer words = program.run("inspect", DEMO);
        JsonNode json = JsonMapper.shared()
                .readTree(program.run("inspect", DEMO, "--json").results());

        assertThat(words.code()).isZero();
        assertThat(words.results())
                .contains("700 cells")
                .contains("obsm/X_umap")
                .contains("obsp/connectivities");
        assertThat(json.path("cells").asInt()).isEqualTo(700);
        assertThat(json.path("matrices").get(0).path("path").asString()).isEqualTo("X");
    }

    @Test
    void thePlanForetellsTheNumberOfFilesExactly() throws IOException {
        JsonNode plan = JsonMapper.shared()
                .readTree(program.run("plan", "export", DEMO, "-o", "out/demo", "--matrix", "none", "--json")
                        .results());
        Program.Answer run = program.run(FAST);

        assertThat(run.code()).as(run.messages()).isZero();
        try (var files = Files.walk(program.folder().resolve("out/demo"))) {
            assertThat(plan.path("files").asLong())
                    .isEqualTo(files.filter(Files::isRegularFile).count());
        }
    }

    @Test
    void theSameCommandAgainTouchesNothingAndSaysSo() throws IOException {
        assertThat(program.run(FAST).code()).isZero();
        Path identity = program.folder().resolve("out/demo/dataset_identity.json");
        var before = Files.getLastModifiedTime(identity);

        Program.Answer again = program.run(FAST);

        assertThat(again.code()).isZero();
        assertThat(again.messages()).contains("already done");
        assertThat(Files.getLastModifiedTime(identity)).isEqualTo(before);
    }

    @Test
    void anotherRequestForTheSameOutputIsRefusedUnlessItReplaces() {
        assertThat(program.run(FAST).code()).isZero();
        String[] other = {"export", DEMO, "-o", "out/demo", "--matrix", "none", "--gzip", "1"};

        Program.Answer refused = program.run(other);
        String[] replacing = java.util.Arrays.copyOf(other, other.length + 1);
        replacing[other.length] = "--replace";

        assertThat(refused.code()).isEqualTo(64);
        assertThat(refused.messages()).contains("--replace");
        assertThat(program.run(replacing).code()).isZero();
        assertThat(program.folder().resolve("out/demo/points_2d.bin.gz")).isRegularFile();
        assertThat(program.folder().resolve("out/demo/points_2d.bin")).doesNotExist();
    }

    @Test
    void noOutputTakesThePlaceOfItsInputOrOfAFolderAroundIt() throws IOException {
        Files.createSymbolicLink(
                program.folder().resolve("link"), program.folder().resolve("jobs"));

        for (String output : new String[] {DEMO, "jobs/data", "jobs", "link/data", DEMO + "/inside", ".."}) {
            Program.Answer refused = program.run("export", DEMO, "-o", output, "--replace");
            assertThat(refused.code()).as(output).isEqualTo(64);
            assertThat(refused.messages()).as(output).contains("expected a place for the output beside the input");
        }
        assertThat(program.folder().resolve(DEMO)).isRegularFile();
    }

    @Test
    void aNameThatCannotBeTheIdOfTheDataSetIsToldAsThat() {
        Program.Answer refused = program.run("export", DEMO, "-o", "out/Z\u00fcrich 1");

        assertThat(refused.code()).isEqualTo(64);
        assertThat(refused.messages())
                .contains("expected an output whose name can be the id of the data set", "found \"Z\u00fcrich 1\"")
                .contains("Give the id with --dataset-id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inspect jobs/data/demo.h5ad",
                "inspect jobs/data/demo.h5ad --json",
                "--help",
                "--version",
                "schema"
            })
    void aResultThatIsLostIsNoSuccess(String command) {
        var lost = program.run(fullDisk(), command.split(" "));

        assertThat(lost.code()).isEqualTo(74);
        assertThat(lost.messages()).contains("standard output", "No space left on device", "to do:");
    }

    @Test
    void aReaderThatHasEnoughIsNoFailure() {
        var cutOff = program.run(failing("Broken pipe"), "inspect", "jobs/data/demo.h5ad");

        assertThat(cutOff.code()).isZero();
        assertThat(cutOff.messages()).isEmpty();
    }

    static StandardOutput fullDisk() {
        return failing("No space left on device");
    }

    private static StandardOutput failing(String why) {
        return new StandardOutput(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(why);
            }
        });
    }

    @Test
    void whatATerminalWouldTakeForCommandsIsNotPrinted() {
        Program.Answer refused = program.run("inspect", "a\u001b[31m\u0007.h5ad");

        assertThat(refused.messages()).contains("a\uFFFD[31m\uFFFD.h5ad").doesNotContain("\u001b", "\u0007");
    }

    @Test
    void thePlanTellsThatThePlaceIsTaken() throws IOException {
        Files.createDirectories(program.folder().resolve("out/demo"));
        Files.writeString(program.folder().resolve("out/demo/thesis.txt"), "ten years");

        Program.Answer plan = program.run("plan", "export", DEMO, "-o", "out/demo", "--replace");

        assertThat(plan.code()).isEqualTo(64);
        assertThat(plan.results()).contains("refused request.output", "only what cellferry has made is replaced");
        assertThat(program.run("plan", "export", DEMO, "-o", "out/other").code())
                .isZero();
    }

    @Test
    void verifyEndsWithOneWhenAFileChangedAndNamesIt() throws IOException {
        assertThat(program.run(FAST).code()).isZero();
        Program.Answer sound = program.run("verify", "out/demo", "--against", DEMO);
        assertThat(sound.code()).isZero();
        assertThat(sound.messages()).contains("comparing what they hold with " + DEMO);
        Path points = program.folder().resolve("out/demo/points_2d.bin");
        byte[] bytes = Files.readAllBytes(points);
        bytes[100] ^= 1;
        Files.write(points, bytes);

        Program.Answer answer = program.run("verify", "out/demo");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.results()).contains("points_2d.bin").contains("verify.file.hash");
    }

    @Test
    void catalogWritesTheListOfExportsAViewerReads() throws IOException {
        assertThat(program.run(FAST).code()).isZero();

        Program.Answer answer = program.run("catalog", "out");

        assertThat(answer.code()).as(answer.messages()).isZero();
        JsonNode catalogue =
                JsonMapper.shared().readTree(Files.readAllBytes(program.folder().resolve("out/datasets.json")));
        assertThat(catalogue.path("default").asString()).isEqualTo("demo");
        assertThat(catalogue.path("datasets").get(0).path("path").asString()).isEqualTo("demo/");
    }

    @Test
    void catalogPassesOverRunsAtWork() throws IOException {
        assertThat(program.run(FAST).code()).isZero();
        Files.createDirectories(program.folder().resolve("out/.cellferry/0123456789abcdef"));

        assertThat(program.run("catalog", "out").code()).isZero();
    }

    @Test
    void catalogNamesAnExportThatLostWhatItIsKnownBy() throws IOException {
        assertThat(program.run(FAST).code()).isZero();
        Files.delete(program.folder().resolve("out/demo/dataset_identity.json"));

        Program.Answer answer = program.run("catalog", "out");

        assertThat(answer.code()).isEqualTo(65);
        assertThat(answer.messages()).contains("demo is no sound export: dataset_identity.json");
        assertThat(program.folder().resolve("out/datasets.json")).doesNotExist();
    }

    @Test
    void runsListsWhatWasStartedAndCleanForgetsWhatIsDone() {
        assertThat(program.run(FAST).code()).isZero();

        Program.Answer listed = program.run("runs");
        program.run("clean");

        assertThat(listed.results()).contains("cellucid-export").contains("done");
        assertThat(program.run("runs", "--json").results()).doesNotContain("cellucid-export");
        assertThat(program.folder().resolve("out/demo")).isDirectory();
    }

    @Test
    void aRunNobodyKnowsCannotBeResumedOrStopped() {
        assertThat(program.run("resume", "0123456789abcdef").code()).isEqualTo(64);
        assertThat(program.run("stop", "0123456789abcdef").code()).isEqualTo(64);
    }

    @Test
    void scratchFilesInsideOfTheInputAreRefusedBeforeAnythingIsRead() throws IOException {
        Path scans = Files.createDirectories(program.folder().resolve("scans/scratch"))
                .getParent();
        Files.createSymbolicLink(program.folder().resolve("elsewhere"), scans);
        String[] words = {"pyramid", "scans", "-o", "out/images", "--work-dir", "elsewhere/scratch"};

        Program.Answer run = program.run(words);

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.messages()).contains("outside of the input", "Choose another --work-dir.");
        assertThat(program.folder().resolve("out")).doesNotExist();
        assertThat(program.run("plan", "pyramid", "scans", "-o", "out/images", "--work-dir", "elsewhere/scratch")
                        .code())
                .isEqualTo(64);
    }

    @Test
    void aRunWhoseInputIsAnotherFileByNowIsNotResumed() throws IOException {
        Path link = program.folder().resolve("newest.h5ad");
        Files.createSymbolicLink(link, Path.of(DEMO).toAbsolutePath());
        assertThat(program.run("hvg", link.toString(), "-o", "out/genes").code())
                .isZero();
        String id = OutputHeading.read(program.folder().resolve("out/genes"))
                .orElseThrow()
                .runId();
        Files.delete(link);
        Files.createSymbolicLink(
                link, Path.of("src/test/resources/members/loop.h5ad").toAbsolutePath());

        Program.Answer answer = program.run("resume", id);

        assertThat(answer.code()).isEqualTo(64);
        assertThat(answer.messages()).contains("Run " + id + " cannot go on", "cellferry clean " + id);
    }

    /// What a container leaves that was killed: its lock is gone with it, its record is not.
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aRunOfAMachineThatDiedIsNeitherRunningNorWaitedFor() throws IOException {
        assertThat(program.run(FAST).code()).isZero();
        Path output = program.folder().resolve("out/demo");
        String id = OutputHeading.read(output).orElseThrow().runId();
        Path lock = Files.createDirectories(output.resolveSibling(".cellferry")).resolve("demo.lock");
        String record = """
                {"host":"a-container-that-died","pid":1,"bootId":"boot","processStartedAt":"2026-01-01T00:00:00Z",
                 "runId":"%s","token":"t"}""".formatted(id);

        Files.writeString(lock, record);
        assertThat(program.run("runs", id).results()).contains("done").doesNotContain("running");
        Files.createDirectories(output.resolveSibling(".cellferry"));
        Files.writeString(lock, record);
        Program.Answer stopped = program.run("stop", id);

        assertThat(stopped.code()).isEqualTo(64);
        assertThat(stopped.messages()).contains("Run %s is not running.".formatted(id));
    }

    @Test
    void anEmptyPathIsNotThePresentFolder() {
        for (String[] words : List.of(
                new String[] {"export", DEMO, "-o", ""}, new String[] {"inspect", ""}, new String[] {"verify", ""})) {
            Program.Answer answer = program.run(words);
            assertThat(answer.code()).as(words[0]).isEqualTo(64);
            assertThat(answer.messages()).contains("expected a path, found an empty text", "to do: ");
        }
    }

    @Test
    void verifySaysWhoIsStillAtWorkOnAnOutput() {
        Path output = program.folder().resolve("out/demo");
        RunTarget target = RunTarget.folder(
                "run1", output, "{}", new InputFingerprint(1, 1, Instant.EPOCH, "aa", "bb"), Version.TEXT);
        try (RunFolder run = ((Opening.Opened) new RunFolders(new RealDisk()).open(target)).folder()) {
            Program.Answer answer = program.run("verify", "out/demo");
            assertThat(answer.code()).isEqualTo(73);
            assertThat(answer.messages())
                    .contains(output + " is not there yet: run " + run.runId() + " is at work on it.")
                    .contains("to do: Wait until it is done, then check it.");
        }
        assertThat(program.run("verify", "out/demo").code()).isEqualTo(64);
    }

    @Test
    void verifyMissesTheFileByWhichAnOutputIsKnown() throws IOException {
        assertThat(program.run(FAST).code()).isZero();
        Files.delete(program.folder().resolve("out/demo/dataset_identity.json"));

        for (String depth : List.of("--quick", "--full")) {
            Program.Answer answer = program.run("verify", "out/demo", depth);

            assertThat(answer.code()).as(answer.messages()).isEqualTo(1);
            assertThat(answer.results()).contains("verify.file.missing").contains("dataset_identity.json");
        }
    }

    /// Of the same size as before, so that nothing but its content shows it.
    @Test
    void verifyDoesNotTakeADamagedOutputForNone() throws IOException {
        assertThat(program.run("pyramid", "jobs/data/scans", "-o", "out/scans", "--regions", "R000")
                        .code())
                .isZero();
        Path root = program.folder().resolve("out/scans/R000.zarr/.zgroup");
        Files.writeString(root, "x".repeat(Math.toIntExact(Files.size(root))));

        Program.Answer quick = program.run("verify", "out/scans", "--quick");
        Program.Answer full = program.run("verify", "out/scans", "--full");

        assertThat(quick.code()).as(quick.messages()).isEqualTo(1);
        assertThat(quick.results()).contains("output.unknown").contains("without --quick");
        assertThat(full.code()).as(full.messages()).isEqualTo(1);
        assertThat(full.results()).contains("verify.file.hash").contains("R000.zarr/.zgroup");
    }

    @Test
    void aStateFolderThatNoDatabaseCanLieInIsRefused() {
        Program.Answer answer = program.run(Stream.concat(
                        Stream.of(FAST),
                        Stream.of("--state-dir", program.folder().resolve("a;b").toString()))
                .toArray(String[]::new));

        assertThat(answer.code()).as(answer.messages()).isEqualTo(64);
        assertThat(answer.messages()).contains("a path without ;").contains("Choose another --state-dir");
        assertThat(program.folder().resolve("out")).doesNotExist();
    }
}
