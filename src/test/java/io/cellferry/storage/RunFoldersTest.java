package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a request finds: nothing, its own unfinished or finished work, or a reason to be refused that says what to do.
class RunFoldersTest {

    @TempDir
    Path temporary;

    private Path folder;
    private Path output;
    private final RunFolders runs = new RunFolders(new RealDisk());

    @BeforeEach
    void useTheRealFolder() throws IOException {
        folder = temporary.toRealPath();
        output = folder.resolve("out");
    }

    private RunTarget target(String runId) {
        return RunTarget.folder(runId, output, "{\"run\":\"" + runId + "\"}", TinyConversion.INPUT, "test");
    }

    private static RunTarget withInput(RunTarget target, InputFingerprint input) {
        return new RunTarget(
                target.runId(),
                target.output(),
                target.singleFile(),
                target.workDir(),
                target.replace(),
                target.request(),
                input,
                target.toolVersion());
    }

    private static final InputFingerprint LONGER = new InputFingerprint(1, 43, TinyConversion.STARTED, "aa", "cc");

    private RunFolder opened(RunTarget target) {
        return ((Opening.Opened) runs.open(target)).folder();
    }

    private static void write(RunFolder run, String unit, String name, String text) {
        try (UnitWriter writer = run.begin(unit);
                StagedFile file = writer.output(name)) {
            file.write(text.getBytes(StandardCharsets.UTF_8));
            file.finish();
            writer.commit();
        }
    }

    private void publish(RunTarget target, String text) {
        try (RunFolder run = opened(target)) {
            write(run, "u", "a.txt", text);
            run.publish(Map.of());
        }
    }

    private <R extends Refusal> R refused(Class<R> kind, RunTarget target) throws IOException {
        Map<String, String> before = Tree.of(folder);
        R refusal = catchThrowableOfType(kind, () -> runs.open(target));
        assertThat(Tree.of(folder)).isEqualTo(before);
        return refusal;
    }

    @Test
    void aFinishedRequestIsDoneAndNothingIsRewritten() throws IOException {
        publish(target("run1"), "x");
        Map<String, String> before = Tree.of(folder);

        Opening again = runs.open(target("run1").replacing());

        assertThat(again).isInstanceOfSatisfying(Opening.AlreadyDone.class, done -> {
            assertThat(done.manifest().files())
                    .containsExactly(new OutputManifest.FileEntry(
                            "a.txt", 1, "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"));
            assertThat(OutputManifest.read(output)).contains(done.manifest());
        });
        assertThat(Tree.of(folder)).isEqualTo(before);
        assertThat(before.keySet()).containsExactly("out.cellferry.json", "out/", "out/a.txt");
    }

    /// A process killed anywhere in the publication leaves a run to resume, one to publish, or nothing to do; and
    /// nothing to do is only said where nothing of the run was left.
    @Test
    void workThatACrashKeptFromBeingPublishedIsPublishedAndSaidToBeKept() throws IOException {
        List<String> found = new ArrayList<>();
        long operation = 1;
        boolean struck = true;
        while (struck) {
            Path place = Files.createDirectory(folder.resolve("cut-at-" + operation));
            output = place.resolve("out");
            RunTarget target = target("run1");
            CrashingDisk disk = new CrashingDisk(place, CrashingDisk.Fault.POWER_CUT, operation++, 0);
            try (RunFolder run = ((Opening.Opened) new RunFolders(disk).open(target)).folder()) {
                write(run, "u", "a.txt", "x");
                run.publish(Map.of());
            } catch (SimulatedCrash cut) {
                // what a crash is
            }
            struck = disk.struck();
            disk.abandon();
            boolean left = Files.exists(place.resolve(".cellferry/run1"));
            switch (runs.open(target)) {
                case Opening.AlreadyDone done -> {
                    assertThat(left).isFalse();
                    found.add("done");
                }
                case Opening.PublishedNow now -> {
                    assertThat(now.keptUnits()).isEqualTo(1);
                    assertThat(Files.readString(output.resolve("a.txt"))).isEqualTo("x");
                    assertThat(OutputManifest.read(output)).contains(now.manifest());
                    assertThat(runs.open(target)).isInstanceOf(Opening.AlreadyDone.class);
                    found.add("published");
                }
                case Opening.Opened opened -> {
                    opened.folder().close();
                    found.add("opened");
                }
            }
        }
        assertThat(found.stream().distinct()).containsExactly("opened", "published", "done");
        assertThat(found).isSortedAccordingTo(Comparator.comparing(List.of("opened", "published", "done")::indexOf));
    }

    @Test
    void anotherRequestForAFinishedOutputIsRefusedUnlessItReplaces() throws IOException {
        publish(target("run1"), "old");

        RequestRefused refusal = refused(RequestRefused.class, target("run2"));
        assertThat(refusal)
                .hasMessage(output + ": expected no output yet, found the output of another request (run run1).");
        assertThat(refusal.remedy())
                .isEqualTo("Choose another output, or allow this one to be replaced with --replace.");

        publish(target("run2").replacing(), "new");
        assertThat(Tree.of(folder).keySet()).containsExactly("out.cellferry.json", "out/", "out/a.txt");
        assertThat(Files.readString(output.resolve("a.txt"))).isEqualTo("new");
        assertThat(OutputManifest.read(output).map(OutputManifest::runId)).contains("run2");
    }

    @Test
    void nothingElseIsDoneWhileAnOutputIsOutAndItsSuccessorNotIn() {
        publish(target("run1"), "old");
        List<String> meanwhile = new ArrayList<>();
        RunFolders watched = new RunFolders(new WatchedDisk((operation, path) -> {
            if (!Files.exists(output)) {
                meanwhile.add("%s %s".formatted(operation, folder.relativize(path)));
            }
        }));

        try (RunFolder run = ((Opening.Opened) watched.open(target("run2").replacing())).folder()) {
            write(run, "u", "a.txt", "new");
            run.publish(Map.of());
        }

        assertThat(output.resolve("a.txt")).hasContent("new");
        assertThat(meanwhile).containsExactly("RENAME out.cellferry.json", "RENAME out");
    }

    @Test
    void anOutputWithoutManifestIsRefused() throws IOException {
        Files.createDirectory(output);

        assertThat(refused(RequestRefused.class, target("run1")))
                .hasMessage(output
                        + ": expected no output yet, found something there that has no readable cellferry manifest.");
    }

    @Test
    void whatNobodyHereHasMadeIsNotReplaced() throws IOException {
        Files.createDirectory(output);
        Files.writeString(output.resolve("thesis.txt"), "ten years");

        RequestRefused refusal = refused(RequestRefused.class, target("run1").replacing());

        assertThat(refusal)
                .hasMessage(output
                        + ": expected no output yet, found something there that has no readable cellferry manifest.");
        assertThat(refusal.remedy())
                .isEqualTo(
                        "Choose another output, or move away what is there; only what cellferry has made is replaced.");
        assertThat(output.resolve("thesis.txt")).hasContent("ten years");
    }

    @Test
    void anEmptyFolderMakesRoomWhenReplacingIsAllowed() throws IOException {
        Files.createDirectory(output);

        publish(target("run1").replacing(), "x");

        assertThat(output.resolve("a.txt")).hasContent("x");
    }

    @Test
    void aLinkIsNotReplacedWhateverItLeadsTo() throws IOException {
        Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(output, folder.resolve("elsewhere"));

        refused(RequestRefused.class, target("run1").replacing());

        assertThat(output).isSymbolicLink();
    }

    @Test
    void roomIsForetoldAsItIsFound() throws IOException {
        runs.requireRoom(target("run1"));
        publish(target("run1"), "x");

        runs.requireRoom(target("run1"));
        runs.requireRoom(target("run2").replacing());
        assertThatThrownBy(() -> runs.requireRoom(target("run2")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("found the output of another request (run run1)");
        assertThatThrownBy(() -> runs.requireRoom(withInput(target("run1"), LONGER)))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("found another state of it");
        assertThat(Tree.of(folder).keySet()).containsExactly("out.cellferry.json", "out/", "out/a.txt");
    }

    @Test
    void anUnfinishedRunGoesOnOnlyWithTheInputItBeganWith() throws IOException {
        try (RunFolder run = opened(target("run1"))) {
            write(run, "u", "a.txt", "x");
        }

        InputRefused refusal = refused(InputRefused.class, withInput(target("run1"), LONGER));
        assertThat(refusal.getMessage())
                .startsWith(output + ": the unfinished run run1 began at ")
                .endsWith(
                        " with another state of its input: it had 42 bytes and now has 43; sampled bytes of its content"
                                + " differ.");
        assertThat(refusal.remedy())
                .isEqualTo("Bring the input back to that state and run the same command again, or start over with"
                        + " --replace.");

        assertThat(runs.open(target("run1"))).isInstanceOfSatisfying(Opening.Opened.class, opened -> {
            assertThat(opened.resumed()).isTrue();
            assertThat(opened.folder().keptUnits()).isEqualTo(1);
            opened.folder().close();
        });
        assertThat(runs.open(withInput(target("run1"), LONGER).replacing()))
                .isInstanceOfSatisfying(Opening.Opened.class, opened -> {
                    assertThat(opened.resumed()).isFalse();
                    assertThat(opened.folder().keptUnits()).isZero();
                    opened.folder().close();
                });
    }

    @Test
    void aFinishedOutputOfAnEarlierInputIsRefusedUnlessReplaced() throws IOException {
        publish(target("run1"), "x");

        InputRefused refusal = refused(InputRefused.class, withInput(target("run1"), LONGER));
        assertThat(refusal)
                .hasMessage(output + ": expected the input it was made from, found another state of it: it had 42 bytes"
                        + " and now has 43; sampled bytes of its content differ.");
        assertThat(refusal.remedy())
                .isEqualTo("Choose another output, or make it again from the present input with --replace.");

        publish(withInput(target("run1"), LONGER).replacing(), "y");
        assertThat(OutputManifest.read(output).map(OutputManifest::input)).contains(LONGER);
    }

    @Test
    void anotherRequestsUnfinishedRunIsNamedWithItsWaysOut() throws IOException {
        opened(target("run1")).close();

        RequestRefused refusal = refused(RequestRefused.class, target("run2"));
        assertThat(refusal)
                .hasMessage(
                        output + ": expected no other work on it, found the unfinished run run1 of another request.");
        assertThat(refusal.remedy())
                .isEqualTo(
                        "Finish that run with cellferry resume run1 or give it up with cellferry clean run1; --replace"
                                + " discards it, also where it came with a folder that was moved or copied.");

        publish(target("run2").replacing(), "x");
        assertThat(Tree.of(folder).keySet()).containsExactly("out.cellferry.json", "out/", "out/a.txt");
    }

    @Test
    void aWorkFolderHasToExistAndANameHasToBeOne() throws IOException {
        RequestRefused refusal = refused(RequestRefused.class, target("run1").withWorkDir(folder.resolve("absent")));
        assertThat(refusal).hasMessage(folder.resolve("absent") + ": expected a folder for scratch files, found none.");
        assertThat(refusal.remedy()).isEqualTo("Create it, or choose another --work-dir.");

        assertThatThrownBy(() -> runs.open(RunTarget.folder("run1", Path.of("/"), "{}", TinyConversion.INPUT, "test")))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("/: expected the name of an output inside a folder, found the root of a file system.");
        assertThatThrownBy(() -> target("run.1"))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("run.1: expected a run id of letters, digits, - and _, found something else.");
    }

    @Test
    void anOutputThatAppearsMeanwhileIsNotOverwritten() throws IOException {
        try (RunFolder run = opened(target("run1"))) {
            write(run, "u", "a.txt", "x");
            Files.writeString(output, "somebody else's");
            assertThatThrownBy(() -> run.publish(Map.of()))
                    .isInstanceOf(RequestRefused.class)
                    .hasMessage(
                            output + ": expected no output yet, found one that appeared while this run was at work.");
        }
        assertThat(Files.readString(output)).isEqualTo("somebody else's");
        Files.delete(output);
        try (RunFolder run = opened(target("run1").replacing())) {
            assertThat(run.keptUnits()).isEqualTo(1);
            Files.writeString(output, "somebody else's again");
            assertThatThrownBy(() -> run.publish(Map.of())).isInstanceOf(RequestRefused.class);
            Files.delete(output);
            run.publish(Map.of());
        }
        assertThat(Files.readString(output.resolve("a.txt"))).isEqualTo("x");
    }

    @Test
    void aUnitWhoseFileIsGoneOrShorterIsUnfinishedAgainAndStrayFilesAreSwept() throws IOException {
        try (RunFolder run = opened(target("run1"))) {
            write(run, "gone", "deep/gone.txt", "x");
            write(run, "short", "short.txt", "xyz");
            write(run, "kept", "kept.txt", "k");
            Files.delete(run.output("deep/gone.txt"));
            Files.writeString(run.output("short.txt"), "xy");
            Files.writeString(run.output("stray.txt"), "?");
            Files.writeString(run.output("kept.txt").resolveSibling("half.txt.part"), "?");
        }
        for (int opening = 0; opening < 2; opening++) {
            try (RunFolder run = opened(target("run1"))) {
                assertThat(run.isFinished("gone")).isFalse();
                assertThat(run.isFinished("short")).isFalse();
                assertThat(run.isFinished("kept")).isTrue();
                assertThat(Tree.of(run.output("kept.txt").resolveSibling("")).keySet())
                        .containsExactly("kept.txt");
            }
        }
    }

    @Test
    void theOutputMayBeASingleFile() throws IOException {
        RunTarget target = RunTarget.file("run1", folder.resolve("table.csv"), "{}", TinyConversion.INPUT, "test");
        try (RunFolder run = opened(target)) {
            assertThatThrownBy(() -> write(run, "bad", "other.csv", "x")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> run.publish(Map.of())).isInstanceOf(IllegalStateException.class);
            write(run, "table", "table.csv", "gene,score\n");
            run.publish(Map.of());
        }
        assertThat(Tree.of(folder).keySet()).containsExactly("table.csv", "table.csv.cellferry.json");
        assertThat(Files.readString(folder.resolve("table.csv"))).isEqualTo("gene,score\n");
        assertThat(runs.open(target)).isInstanceOf(Opening.AlreadyDone.class);
        assertThat(ManifestCheck.full(folder.resolve("table.csv"))).isEmpty();
    }

    @Test
    void unitsMayBeWrittenBySeveralThreadsAtOnce() throws Exception {
        int units = 40;
        try (RunFolder run = opened(target("run1"))) {
            try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
                List<Future<?>> writing = IntStream.range(0, units)
                        .<Future<?>>mapToObj(unit -> pool.submit(() -> {
                            try (UnitWriter writer = run.begin("unit-" + unit)) {
                                for (int file = 0; file < 12; file++) {
                                    try (StagedFile staged = writer.output("shared/%d/%d".formatted(file, unit))) {
                                        staged.write(("unit " + unit).getBytes(StandardCharsets.UTF_8));
                                        staged.finish();
                                    }
                                }
                                writer.commit();
                            }
                        }))
                        .toList();
                for (Future<?> unit : writing) {
                    unit.get();
                }
            }
            assertThat(run.finishedUnits()).isEqualTo(units);
        }
        try (RunFolder run = opened(target("run1"))) {
            assertThat(run.keptUnits()).isEqualTo(units);
            assertThat(run.publish(Map.of()).files()).hasSize(units * 12);
        }
        assertThat(ManifestCheck.full(output)).isEmpty();
    }

    @Test
    void aUnitIsWrittenOnceByOneAndAbandonedUnitsLeaveNothing() throws IOException {
        try (RunFolder run = opened(target("run1"))) {
            write(run, "done", "a", "x");
            assertThatThrownBy(() -> run.begin("done")).hasMessage("unit done is finished already");
            try (UnitWriter unit = run.begin("u")) {
                assertThatThrownBy(() -> run.begin("u")).hasMessage("unit u is being written already");
                assertThatThrownBy(() -> run.publish(Map.of())).isInstanceOf(IllegalStateException.class);
                try (StagedFile file = unit.output("b")) {
                    file.write(new byte[10]);
                    assertThat(file.size()).isEqualTo(10);
                    file.finish();
                }
                StagedFile open = unit.scratch("c");
                assertThatThrownBy(unit::commit).hasMessage("c is still being written");
                open.close();
                for (String bad : List.of("", "/a", "a//b", "../a", "a/./b", "a\\b", "a.part", "a/")) {
                    assertThatThrownBy(() -> run.output(bad)).isInstanceOf(IllegalArgumentException.class);
                }
            }
            assertThat(run.isFinished("u")).isFalse();
            assertThat(Files.exists(run.output("b"))).isFalse();
            run.begin("u").close();
            run.publish(Map.of());
            assertThatThrownBy(() -> run.begin("later")).isInstanceOf(IllegalStateException.class);
        }
        assertThat(Tree.of(output).keySet()).containsExactly("a");
    }

    @Test
    void aStopIsSeenByTheRunAndForgottenByTheNextOpening() throws Exception {
        try (RunFolder run = opened(target("run1"))) {
            assertThat(run.stopRequested()).isFalse();
            runs.requestStop(output, "run1");
            assertThat(run.stopRequested()).as("asked again within a second").isFalse();
            Thread.sleep(1_100);
            assertThat(run.stopRequested()).isTrue();
        }
        try (RunFolder run = opened(target("run1"))) {
            assertThat(run.stopRequested()).isFalse();
            run.publish(Map.of());
        }
        RequestRefused refusal = catchThrowableOfType(RequestRefused.class, () -> runs.requestStop(output, "run1"));
        assertThat(refusal).hasMessage(output + ": expected the unfinished run run1 beside it, found none.");
        assertThat(refusal.remedy()).isEqualTo("See cellferry runs for the runs that are unfinished.");
    }

    @Test
    void unfinishedRunsAreListedAndMayBeGivenUp() throws IOException {
        Path work = Files.createDirectory(folder.resolve("work"));
        try (RunFolder run = opened(target("run1").withWorkDir(work))) {
            write(run, "u", "a.txt", "x");
            assertThat(runs.unfinished(folder).getFirst().owner()).isPresent();
        }
        Files.createDirectories(folder.resolve(".cellferry/damaged"));

        List<UnfinishedRun> found = runs.unfinished(folder);
        assertThat(found).extracting(UnfinishedRun::runId).containsExactly("damaged", "run1");
        assertThat(found.getFirst().start()).isEmpty();
        assertThat(found.getLast().finishedUnits()).isEqualTo(1);
        assertThat(found.getLast().owner()).isEmpty();
        assertThat(found.getLast().start()).hasValueSatisfying(start -> {
            assertThat(start.output()).isEqualTo(output);
            assertThat(start.request()).isEqualTo("{\"run\":\"run1\"}");
        });

        assertThat(runs.unfinished(output, "run1")).contains(found.getLast());
        assertThat(runs.unfinished(output, "damaged")).contains(found.getFirst());
        assertThat(runs.unfinished(output, "run2")).isEmpty();
        assertThat(runs.unfinished(output, "..")).isEmpty();

        runs.discard(output, "run1");
        runs.discard(output, "damaged");
        assertThat(Tree.of(folder).keySet()).containsExactly("work/");
        assertThat(runs.unfinished(folder)).isEmpty();
        assertThatThrownBy(() -> runs.discard(output, "run1")).isInstanceOf(RequestRefused.class);
    }

    @Test
    void aCopiedRunIsDiscardedWithoutTheScratchFilesOfItsOriginal() throws IOException {
        Path work = Files.createDirectory(folder.resolve("work"));
        try (RunFolder run = opened(target("run1").withWorkDir(work));
                UnitWriter writer = run.begin("u")) {
            writer.scratch("spill").finish();
            writer.commit();
        }
        Path scratch = work.resolve("cellferry-run1/spill");
        Path copy = Files.createDirectories(folder.resolve("copy/.cellferry/run1"));
        Files.copy(folder.resolve(".cellferry/run1/journal"), copy.resolve("journal"));

        runs.discard(folder.resolve("copy/out"), "run1");
        assertThat(copy).doesNotExist();
        assertThat(scratch).exists();

        Path moved = Files.createDirectories(folder.resolve("moved"));
        Files.move(folder.resolve(".cellferry"), moved.resolve(".cellferry"));
        runs.discard(moved.resolve("out"), "run1");
        assertThat(scratch.getParent()).doesNotExist();
    }

    /// As on a file system that takes `batch` for `Batch`; the second file would have replaced the first unseen.
    @Test
    void aFileWhoseNameIsTakenIsRefused() throws IOException {
        try (RunFolder run = opened(target("run1"))) {
            write(run, "first", "obs/Batch/0", "one");
            Path elsewhere = folder.resolve(".cellferry/run1/output/obs/batch");
            Files.createSymbolicLink(elsewhere, elsewhere.resolveSibling("Batch"));

            assertThatThrownBy(() -> write(run, "second", "obs/batch/0", "two"))
                    .isInstanceOfSatisfying(StorageFailed.class, taken -> assertThat(taken.remedy())
                            .contains("upper and lower case"))
                    .hasMessageContaining("output/obs/batch/0: expected a name that no other file of the output has");
            try (UnitWriter third = run.begin("third");
                    StagedFile unfinished = third.output("obs/Batch/1")) {
                assertThatThrownBy(() -> third.output("obs/batch/1"))
                        .hasMessageContaining("obs/batch/1: expected a name that no other file of the output has");
            }
            assertThat(folder.resolve(".cellferry/run1/output/obs/Batch/0")).hasContent("one");
            write(run, "third", "obs/Batch/1", "after one that was given up");
        }
    }

    @Test
    void whetherNamesAreToldApartByCaseIsSeenAtTheRunsOwnFolder() throws IOException {
        try (RunFolder run = opened(target("run1"))) {
            assumeThat(folder.resolve(".CELLFERRY")).doesNotExist();
            assertThat(run.foldsCase()).isFalse();

            Path otherCase = Files.createDirectory(folder.resolve(".CELLFERRY"));
            assertThat(run.foldsCase()).isFalse();

            Files.delete(otherCase);
            Files.createSymbolicLink(otherCase, folder.resolve(".cellferry"));
            assertThat(run.foldsCase()).isTrue();
        }
    }
}
