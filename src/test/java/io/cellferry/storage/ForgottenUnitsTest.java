package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.storage.CrashingDisk.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Units that a run gives up are as if they had never been written, whatever happens on the way.
class ForgottenUnitsTest {

    private static final List<String> BAD = List.of("bad-0", "bad-1");

    @TempDir
    Path temporary;

    private Path root;
    private RunTarget target;

    @BeforeEach
    void useTheRealFolder() throws IOException {
        root = temporary.toRealPath().resolve("root");
        Tree.write(root, Map.of());
        target = RunTarget.folder("run1", root.resolve("out"), "{}", TinyConversion.INPUT, "test");
    }

    private RunFolder opened(Disk disk) {
        return ((Opening.Opened) new RunFolders(disk).open(target)).folder();
    }

    /// Each unit has a file of the output, in a folder shared with the others, and one of scratch.
    private static void write(RunFolder run, String unit) {
        try (UnitWriter writer = run.begin(unit)) {
            put(writer.output("shared/" + unit), "seen of " + unit);
            put(writer.scratch("left/" + unit), "left by " + unit);
            writer.commit();
        }
    }

    private static void put(StagedFile file, String text) {
        try (file) {
            file.write(text.getBytes(StandardCharsets.UTF_8));
            file.finish();
        }
    }

    private static void writeAll(RunFolder run) {
        for (String unit : List.of("good", "bad-0", "bad-1")) {
            write(run, unit);
        }
    }

    private static void assertForgotten(RunFolder run) {
        assertThat(run.isFinished("good")).isTrue();
        assertThat(run.output("shared/good")).hasContent("seen of good");
        assertThat(run.scratch("left/good")).hasContent("left by good");
        for (String unit : BAD) {
            assertThat(run.isFinished(unit)).isFalse();
            assertThat(run.output("shared/" + unit)).doesNotExist();
            assertThat(run.scratch("left/" + unit)).doesNotExist();
        }
        assertThat(run.finishedUnits()).isEqualTo(1);
    }

    @Test
    void theirFilesAreGoneAndThoseOfOthersStay() {
        try (RunFolder run = opened(new RealDisk())) {
            writeAll(run);

            run.forget(BAD);

            assertForgotten(run);
        }
        try (RunFolder run = opened(new RealDisk())) {
            assertForgotten(run);
        }
    }

    @Test
    void unitsThatAreNotFinishedAreNoMatter() {
        try (RunFolder run = opened(new RealDisk())) {
            write(run, "good");

            run.forget(List.of("never", "bad-0"));

            assertForgotten(run);
        }
    }

    @Test
    void theyMayBeWrittenAgain() throws IOException {
        try (RunFolder run = opened(new RealDisk())) {
            writeAll(run);
            run.forget(BAD);

            write(run, "bad-1");

            assertThat(run.output("shared/bad-1")).hasContent("seen of bad-1");
        }
        try (RunFolder run = opened(new RealDisk())) {
            assertThat(run.isFinished("bad-0")).isFalse();
            assertThat(run.isFinished("bad-1")).isTrue();
            assertThat(run.publish(Map.of()).files())
                    .extracting(OutputManifest.FileEntry::path)
                    .containsExactly("shared/bad-1", "shared/good");
        }
    }

    @Test
    void foldersThatHeldNothingElseAreGoneToo() throws IOException {
        try (RunFolder run = opened(new RealDisk())) {
            write(run, "good");
            try (UnitWriter writer = run.begin("alone")) {
                put(writer.output("own/deep/file"), "seen");
                writer.commit();
            }

            run.forget(List.of("alone"));

            assertThat(run.output("own")).doesNotExist();
            try (UnitWriter writer = run.begin("alone")) {
                put(writer.output("own/other"), "again");
                writer.commit();
            }
            run.publish(Map.of());
        }
        assertThat(Tree.of(root.resolve("out")).keySet())
                .containsExactly("own/", "own/other", "shared/", "shared/good");
    }

    @Test
    void theManifestOfALaterPublicationListsNothingOfThem() throws IOException {
        try (RunFolder run = opened(new RealDisk())) {
            writeAll(run);
            run.forget(BAD);
            assertThat(run.publish(Map.of()).files())
                    .extracting(OutputManifest.FileEntry::path)
                    .containsExactly("shared/good");
        }
        assertThat(Tree.of(root.resolve("out")).keySet()).containsExactly("shared/", "shared/good");
        assertThat(ManifestCheck.full(root.resolve("out"))).isEmpty();
    }

    @Test
    void aPowerCutAtAnyOperationLeavesAllOfThemOrNone() throws IOException {
        CrashingDisk stopped = CrashingDisk.sound(root);
        try (RunFolder run = opened(stopped)) {
            writeAll(run);
        }
        stopped.abandon();
        Map<String, String> start = Tree.of(root);
        CrashingDisk sound = CrashingDisk.sound(root);
        try (RunFolder run = opened(sound)) {
            run.forget(BAD);
        }
        sound.abandon();

        int kept = 0;
        int forgotten = 0;
        for (long operation = 1; operation <= sound.operations(); operation++) {
            for (long seed = 0; seed < 4; seed++) {
                Tree.delete(root);
                Tree.write(root, start);
                CrashingDisk disk = new CrashingDisk(root, Fault.POWER_CUT, operation, seed);
                try (RunFolder run = opened(disk)) {
                    run.forget(BAD);
                } catch (SimulatedCrash e) {
                    assertThat(disk.struck()).isTrue();
                }
                disk.settle(seed);
                try (RunFolder run = opened(new RealDisk())) {
                    if (run.finishedUnits() == 3) {
                        kept++;
                        for (String unit : BAD) {
                            assertThat(run.output("shared/" + unit)).hasContent("seen of " + unit);
                            assertThat(run.scratch("left/" + unit)).hasContent("left by " + unit);
                        }
                    } else {
                        forgotten++;
                        assertForgotten(run);
                    }
                }
            }
        }
        assertThat(kept).isPositive();
        assertThat(forgotten).isPositive();
    }
}
