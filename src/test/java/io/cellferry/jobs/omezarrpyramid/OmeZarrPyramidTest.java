package io.cellferry.jobs.omezarrpyramid;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.celldive.TinyScan;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.StorageFailed;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.RunContext;
import io.cellferry.launch.RunOutcome;
import io.cellferry.restart.FolderContents;
import io.cellferry.storage.OutputManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A run gives all sound regions or says why not, writes only where it may, and its bytes depend on nothing else.
class OmeZarrPyramidTest {

    private static PyramidRuns runs;
    private static Path sound;

    @BeforeAll
    static void startTheFramework() throws IOException {
        runs = new PyramidRuns();
        sound = runs.scans("sound", "R000", "R001");
    }

    @AfterAll
    static void endTheFramework() throws IOException {
        runs.close();
    }

    @Test
    void anOutputThatExistsIsRefusedAndKept() throws IOException {
        Path output = Files.createDirectory(runs.place("mine"));
        Files.writeString(output.resolve("notes.txt"), "mine");

        assertThat(runs.refusal(sound, output, Map.of())).isInstanceOf(RequestRefused.class);
        assertThat(FolderContents.of(output)).isEqualTo(Map.of("notes.txt", "mine"));
    }

    @Test
    void nothingIsWrittenIntoTheScans() {
        Path output = sound.resolve("zarr_output");

        assertThat(runs.refusal(sound, output, Map.of())).hasMessageContaining("found one inside of the input");
        assertThat(output).doesNotExist();
    }

    @Test
    void aPathThatViewersTakeForAnImageIsRefused() {
        Path output = runs.place("all.zarr").resolve("images");

        assertThat(runs.refusal(sound, output, Map.of())).hasMessageContaining("\".zarr\"");
        assertThat(output.getParent()).doesNotExist();
    }

    @Test
    void anUnknownRegionIsRefusedByNameWithTheNearest() {
        assertThat(PyramidRuns.planned(sound, runs.place("unknown"), Map.of("regions", "R000,R011")))
                .filteredOn(Problem::refuses)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("request.regions");
                    assertThat(problem.found()).contains("R011").contains("R000, R001");
                    assertThat(problem.remedy()).contains("R001");
                });
        assertThat(runs.refusal(sound, runs.place("unknown"), Map.of("regions", "R000,R011")))
                .hasMessageContaining("R011");
        assertThat(runs.place("unknown")).doesNotExist();
    }

    @Test
    void aRegionWhoseHeadersAreRefusedIsLeftOutAndSaidEachTime() throws IOException {
        Path scans = runs.scans("half", "R000");
        PyramidRuns.scan(scans.resolve(PyramidRuns.dapi("R001")), TinyScan.SOUND, 3);
        TinyScan.SOUND.size(20, 20).write(scans.resolve(PyramidRuns.cy3("R001")), new byte[0]);
        Path output = runs.place("half-output");

        assertThat(PyramidRuns.planned(scans, output, Map.of()))
                .noneMatch(Problem::refuses)
                .anySatisfy(problem -> assertThat(problem.found()).contains("left out"));
        RunOutcome first = runs.run(scans, output, Map.of());
        assertLeftOut(first, RunOutcome.End.DONE, output);
        Map<String, String> published = FolderContents.of(output);
        assertLeftOut(runs.run(scans, output, Map.of()), RunOutcome.End.ALREADY_DONE, output);
        assertThat(FolderContents.of(output)).isEqualTo(published);
    }

    private static void assertLeftOut(RunOutcome outcome, RunOutcome.End end, Path output) {
        assertThat(outcome.end()).isEqualTo(end);
        assertThat(outcome.reason()).hasValueSatisfying(reason -> assertThat(reason)
                .isInstanceOfSatisfying(InputRefused.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(65))
                .hasMessageContaining("R001"));
        assertThat(output.toFile().list()).containsExactly("R000.zarr");
        assertThat(OutputManifest.read(output))
                .hasValueSatisfying(manifest -> assertThat(manifest.details().get(RunContext.LEFT_OUT))
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                        .containsOnlyKeys("R001"));
    }

    @Test
    void whatLiesBesideTheScansMayComeAndGo() throws IOException {
        Path scans = runs.scans("visited", "R000");
        Path output = runs.pyramid(scans, "visited-output", Map.of());

        Files.writeString(scans.resolve("Thumbs.db"), "somebody looked");
        Path below = Files.createDirectory(scans.resolve("old"));
        Files.createSymbolicLink(below.resolve("up"), Path.of(".."));
        assertThat(runs.run(scans, output, Map.of()).end()).isEqualTo(RunOutcome.End.ALREADY_DONE);
        PyramidRuns.scan(scans.resolve(PyramidRuns.dapi("R001")), TinyScan.SOUND, 3);
        assertThat(runs.refusal(scans, output, Map.of())).hasMessageContaining("it had 2 files and now has 3");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aNameMayHoldABackslash() throws IOException {
        Path scans = runs.scans("backslash");
        PyramidRuns.scan(scans.resolve("T_1.0.4_R000_Cy3_CD3\\CD4_FINAL_F.tif"), TinyScan.SOUND, 1);

        Path output = runs.pyramid(scans, "backslash-output", Map.of());

        assertThat(PyramidRuns.verified(output, scans)).isEmpty();
    }

    @Test
    void whatIsLeftOutNamesItsFile() throws IOException {
        Path scans = runs.scans("colours", "R000", "R001");
        TinyScan.SOUND.saying("SizeC=\"1\"", "SizeC=\"3\"").write(scans.resolve(PyramidRuns.cy3("R001")), new byte[0]);

        assertThat(runs.run(scans, runs.place("colours-output"), Map.of()).reason())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .hasMessageContaining("R001 is left out: %s: one plane of one channel was expected"
                                .formatted(PyramidRuns.cy3("R001"))));
    }

    /// The directory stands before the pixels in files that are written in one go.
    @Test
    void aScanThatWasCutOffIsFoundBeforeAnythingIsWritten() throws IOException {
        Path scans = runs.scans("cut", "R000");
        Path cut = scans.resolve(PyramidRuns.cy3("R000"));
        byte[] whole = Files.readAllBytes(Path.of("src/test/resources/ometiff/sound/tiles_lzw_uint16.tif"));
        Files.write(cut, Arrays.copyOf(whole, whole.length - 10));

        assertThat(PyramidRuns.planned(scans, runs.place("cut-output"), Map.of()))
                .filteredOn(problem -> problem.code().equals("input.tiff.cut-off"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.refuses()).isTrue();
                    assertThat(problem.where()).startsWith(PyramidRuns.cy3("R000"));
                });
    }

    @Test
    void aRegionThatWasAskedForByNameIsNotLeftOut() throws IOException {
        Path scans = runs.scans("named", "R000");
        PyramidRuns.scan(scans.resolve(PyramidRuns.dapi("R001")), TinyScan.SOUND, 3);
        TinyScan.SOUND.size(20, 20).write(scans.resolve(PyramidRuns.cy3("R001")), new byte[0]);
        Path output = runs.place("named-output");

        Refusal refusal = runs.refusal(scans, output, Map.of("regions", "R000,R001"));

        assertThat(refusal).isInstanceOf(InputRefused.class).hasMessageContaining("R001");
        assertThat(output).doesNotExist();
    }

    @Test
    void aRegionFoundDamagedWhileReadingIsLeftOutAndTheOthersArePublished() throws IOException {
        Path scans = runs.scans("damaged", "R000", "R001");
        PyramidRuns.damage(scans.resolve(PyramidRuns.cy3("R001")));
        Path output = runs.place("damaged-output");

        assertThat(PyramidRuns.planned(scans, output, Map.of())).noneMatch(Problem::refuses);
        assertLeftOut(runs.run(scans, output, Map.of()), RunOutcome.End.DONE, output);
        assertThat(OutputManifest.read(output)).hasValueSatisfying(manifest -> assertThat(manifest.files())
                .isNotEmpty()
                .allMatch(file -> file.path().startsWith("R000.zarr/")));
        assertLeftOut(runs.run(scans, output, Map.of()), RunOutcome.End.ALREADY_DONE, output);

        assertThat(runs.pyramid(scans, "sound-alone", Map.of("regions", "R000"))
                        .toFile()
                        .list())
                .containsExactly("R000.zarr");
        assertThat(FolderContents.of(runs.place("sound-alone"))).isEqualTo(FolderContents.of(output));
    }

    /// What a share that is no longer mounted looks like says nothing about the scans.
    @Test
    void aScanThatIsGoneInTheMiddleCostsNothingButTheWait() throws IOException {
        Path scans = runs.scans("gone", "R000", "R001");
        Path cy3 = scans.resolve(PyramidRuns.cy3("R000"));
        Path output = runs.place("gone-output");
        int[] units = {0};
        BooleanSupplier unmount = () -> {
            // Planning is over when the first unit begins.
            if (++units[0] == 1) {
                move(cy3, runs.place("aside.ome.tif"));
            }
            return false;
        };

        RunOutcome first =
                runs.run(scans, output, Map.of(), new MachineRoom(1L << 30, 512L << 20, 1, Optional.empty()), unmount);

        assertThat(first.end()).isEqualTo(RunOutcome.End.FAILED);
        assertThat(first.reason()).hasValueSatisfying(reason -> assertThat(reason)
                .hasMessageContaining(cy3.toString())
                .isInstanceOfSatisfying(StorageFailed.class, failed -> assertThat(failed.remedy())
                        .contains("run the same command again")));
        assertThat(output).doesNotExist();
        move(runs.place("aside.ome.tif"), cy3);
        RunOutcome second = runs.run(scans, output, Map.of());
        assertThat(second.reason()).isEmpty();
        assertThat(second.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(second.keptUnits()).isPositive();
        assertThat(FolderContents.of(output)).isEqualTo(FolderContents.of(runs.pyramid(scans, "never-gone", Map.of())));
    }

    /// Of a file that is read in several parts, the last ones would show another picture than the first.
    @ParameterizedTest
    @ValueSource(ints = {PyramidRuns.WIDTH, 2 * PyramidRuns.WIDTH, 20})
    void aScanThatIsReplacedInTheMiddleCostsItsRegion(int width) throws IOException {
        Path scans = runs.scans("replaced-" + width, "R000", "R001");
        Path other = runs.place("other-%d.ome.tif".formatted(width));
        TinyScan.SOUND.type("uint8").size(width, PyramidRuns.HEIGHT).write(other, new byte[width * PyramidRuns.HEIGHT]);
        Path output = runs.place("replaced-output-" + width);
        int[] units = {0};
        BooleanSupplier replace = () -> {
            // The plan is stored by the first unit; the second reads DAPI.
            if (++units[0] == 2) {
                try {
                    Files.move(other, scans.resolve(PyramidRuns.cy3("R000")), StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return false;
        };

        RunOutcome outcome =
                runs.run(scans, output, Map.of(), new MachineRoom(1L << 30, 512L << 20, 1, Optional.empty()), replace);

        assertThat(outcome.reason()).hasValueSatisfying(reason -> assertThat(reason)
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("R000 is left out: ")
                .hasMessageContaining("the scans of region R000 changed while they were read")
                .hasMessageContaining("Published are R001."));
        assertThat(output.toFile().list()).containsExactly("R001.zarr");
    }

    /// Hours of work are not thrown away because a share was away for a moment, or somebody touched a file.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatMayComeBackAtTheVeryEndKeepsTheWork(boolean isUnmounted) throws IOException {
        String name = isUnmounted ? "unmounted" : "touched";
        Path scans = runs.scans(name, "R000");
        Path scan = scans.resolve(PyramidRuns.cy3("R000"));
        FileTime before = Files.getLastModifiedTime(scan);
        int[] asked = {0};
        BooleanSupplier count = () -> ++asked[0] < 0;
        Path undisturbed = runs.place(name + "-undisturbed");
        assertThat(runs.runOnce(scans, undisturbed, count, () -> {}).reason()).isEmpty();
        // Behind the last pixels come one unit of metadata and the look before publishing.
        int lastPixels = asked[0] - 2;
        asked[0] = 0;
        BooleanSupplier disturb = () -> {
            if (++asked[0] == lastPixels) {
                if (isUnmounted) {
                    move(scans, runs.place("away"));
                } else {
                    touch(scan, FileTime.from(Instant.EPOCH));
                }
            }
            return false;
        };
        Path output = runs.place(name + "-output");

        RunOutcome first = runs.runOnce(scans, output, disturb, () -> {});

        assertThat(first.end()).isEqualTo(RunOutcome.End.FAILED);
        assertThat(first.reason()).get().isInstanceOf(InputRefused.class);
        assertThat(output).doesNotExist();
        if (isUnmounted) {
            move(runs.place("away"), scans);
        } else {
            touch(scan, before);
        }
        RunOutcome second = runs.runOnce(scans, output, () -> false, () -> {});
        assertThat(second.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(second.reason()).isEmpty();
        assertThat(second.keptUnits()).isGreaterThanOrEqualTo(lastPixels - 1);
        assertThat(FolderContents.of(output)).isEqualTo(FolderContents.of(undisturbed));
    }

    /// Of a region without pixels, metadata alone would be an image of zeros.
    @Test
    void aRegionThatIsGivenUpLeavesNoMetadata() throws IOException {
        Path scans = runs.scans("late", "R000", "R001");
        int[] asked = {0};
        BooleanSupplier count = () -> ++asked[0] < 0;
        assertThat(runs.runOnce(scans, runs.place("late-undisturbed"), count, () -> {})
                        .reason())
                .isEmpty();
        int beforePublishing = asked[0];
        asked[0] = 0;
        Path output = runs.place("late-output");
        BooleanSupplier stopThere = () -> ++asked[0] == beforePublishing;
        assertThat(runs.runOnce(scans, output, stopThere, () -> {}).end()).isEqualTo(RunOutcome.End.STOPPED);

        Path scan = scans.resolve(PyramidRuns.cy3("R000"));
        RunOutcome outcome = runs.runOnce(scans, output, () -> false, () -> touch(scan, FileTime.from(Instant.EPOCH)));

        assertThat(outcome.end()).isEqualTo(RunOutcome.End.DONE);
        assertThat(outcome.reason()).get().isInstanceOf(InputRefused.class);
        assertThat(output.toFile().list()).containsExactly("R001.zarr");
    }

    private static void touch(Path file, FileTime time) {
        try {
            Files.setLastModifiedTime(file, time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whenEveryRegionIsDamagedNothingAppears() throws IOException {
        Path scans = runs.scans("ruined", "R000", "R001");
        PyramidRuns.damage(scans.resolve(PyramidRuns.cy3("R000")));
        PyramidRuns.damage(scans.resolve(PyramidRuns.dapi("R001")));
        Path output = runs.place("ruined-output");

        RunOutcome outcome = runs.run(scans, output, Map.of());

        assertThat(outcome.end()).isEqualTo(RunOutcome.End.FAILED);
        assertThat(outcome.reason()).hasValueSatisfying(reason -> assertThat(reason)
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("R000")
                .hasMessageContaining("R001"));
        assertThat(output).doesNotExist();
    }

    @Test
    void bytesDependNeitherOnThreadsNorOnMemory() throws IOException {
        Map<String, String> bytes = null;
        for (int threads = 1; threads <= 3; threads++) {
            long workBytes = threads == 2 ? workerBytes() : 512L << 20;
            Path output = runs.place("threads-" + threads);
            RunOutcome outcome = runs.run(
                    sound,
                    output,
                    Map.of("chunk-size", "64"),
                    new MachineRoom(1L << 30, workBytes, threads, Optional.empty()));

            assertThat(outcome.reason()).isEmpty();
            Map<String, String> found = FolderContents.of(output);
            assertThat(found).isNotEmpty();
            bytes = bytes == null ? found : bytes;
            assertThat(found).isEqualTo(bytes);
        }
    }

    private static long workerBytes() {
        // What is taken from the budget is rounded up.
        return plan(PyramidRuns.ROOM).memoryBytes() + (256L << 10);
    }

    private static JobPlan plan(MachineRoom room) {
        return PyramidRuns.JOB.plan(
                PyramidRuns.request(sound, runs.place("planned"), Map.of("chunk-size", "64"))
                        .request(),
                room);
    }

    @Test
    void aPlanForetellsFilesBytesAndMemory() {
        JobPlan plan = plan(PyramidRuns.ROOM);
        Path output = runs.pyramid(sound, "foretold", Map.of("chunk-size", "64"));
        long files = OutputManifest.read(output).orElseThrow().files().size();

        assertThat(plan.refuses()).isFalse();
        // Chunks of zeros only would be left out; these scans have none.
        assertThat(plan.files()).isBetween(files, files + 10);
        assertThat(plan.outputBytes()).isPositive();
        assertThat(plan.memoryBytes()).isPositive();
        assertThat(plan.scratchBytes()).isPositive();
        assertThat(plan.units()).isEqualTo(1 + 2 + 2 * 2);
    }

    /// Counts of 65,536 values are all that one level of 256 x 256 pixels leaves on scratch.
    @Test
    void aPlanForetellsScratchForCountsOfEveryValue() throws IOException {
        Path scans = runs.scans("colourful");
        byte[] pixels = new byte[2 << 16];
        for (int value = 0; value < 1 << 16; value++) {
            pixels[2 * value] = (byte) value;
            pixels[2 * value + 1] = (byte) (value >> 8);
        }
        TinyScan.SOUND.size(256, 256).write(scans.resolve(PyramidRuns.dapi("R000")), pixels);

        assertThat(PyramidRuns.JOB
                        .plan(
                                PyramidRuns.request(scans, runs.place("counted"), Map.of("levels", "1"))
                                        .request(),
                                PyramidRuns.ROOM)
                        .scratchBytes())
                .as("their number, a value and its count each, and a checksum")
                .isEqualTo(4 + 12 * 65_536 + Integer.BYTES);
    }

    /// Chunks have their full size on disk, of which an image one pixel wide is a small part.
    @Test
    void aPlanForetellsChunksThatAreMostlyEmpty() throws IOException {
        Path scans = runs.scans("thin");
        TinyScan.SOUND.size(1, 3000).write(scans.resolve(PyramidRuns.dapi("R000")), new byte[] {1, 2});
        Map<String, String> options = Map.of("codec", "none", "levels", "1");
        JobPlan plan = PyramidRuns.JOB.plan(
                PyramidRuns.request(scans, runs.place("thin-output"), options).request(), PyramidRuns.ROOM);

        // Three chunks of 1024 x 1024 pixels of two bytes, and 16 KiB of metadata.
        assertThat(plan.outputBytes()).isEqualTo(3 * (2 << 20) + (16 << 10));
    }

    @Test
    void aPlanNamesEverythingAtOnce() {
        JobPlan plan = PyramidRuns.JOB.plan(
                PyramidRuns.request(sound, sound.resolve("x.zarr"), Map.of("regions", "R777"))
                        .request(),
                PyramidRuns.ROOM);

        assertThat(plan.problems())
                .filteredOn(Problem::refuses)
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("request.output", "request.regions");
    }

    /// Both figures of the room shrink together, as they do with `--memory`.
    @Test
    void aRoomThatIsTooSmallIsRefusedWithARemedyThatIsEnough() {
        long runtime = 96L << 20;
        long work = 1L << 20;
        JobPlan refused = plan(new MachineRoom(runtime + work, work, 1, Optional.empty()));

        List<Problem> problems =
                refused.problems().stream().filter(Problem::refuses).toList();
        assertThat(problems).extracting(Problem::code).containsExactly("room.memory");
        Matcher remedy = Pattern.compile("--memory ([0-9,]+)MB")
                .matcher(problems.getFirst().remedy());
        assertThat(remedy.find()).isTrue();
        long memory = Long.parseLong(remedy.group(1).replace(",", "")) << 20;
        MachineRoom enough = new MachineRoom(memory, memory - runtime, 1, Optional.empty());

        assertThat(plan(enough).refuses()).isFalse();
        assertThat(runs.run(sound, runs.place("enough"), Map.of("chunk-size", "64"), enough)
                        .reason())
                .isEmpty();
    }
}
