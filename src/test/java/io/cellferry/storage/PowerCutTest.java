package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.storage.CrashingDisk.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// Break a run at any operation, in any way, and start it again: the same bytes, no acknowledged unit redone, nothing
/// left behind.
class PowerCutTest {

    private static final long[] SEEDS = {0, 1, 2};

    private static final String OLD_MANIFEST = new String(
            Json.indented(new OutputManifest(
                    OutputManifest.VERSION,
                    "run1",
                    "test",
                    TinyConversion.STARTED,
                    TinyConversion.INPUT,
                    Map.of(),
                    List.of())),
            StandardCharsets.UTF_8);

    private static final Map<String, String> OLD_OUTPUT = Map.of(
            "out/old.bin", "made yesterday",
            "out/deep/er", "by another request",
            "out.cellferry.json", OLD_MANIFEST);

    @TempDir(factory = InMemory.class)
    Path temporary;

    private Path root;

    @BeforeEach
    void useTheRealFolder() throws IOException {
        root = temporary.toRealPath().resolve("root");
    }

    /// Lies in memory where the machine offers that: folders rewritten thousands of times would wait for the disk.
    static final class InMemory implements TempDirFactory {

        private static final Path SHARED_MEMORY = Path.of("/dev/shm");

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)
                    ? Files.createTempDirectory(SHARED_MEMORY, "power-cut")
                    : Files.createTempDirectory("power-cut");
        }
    }

    private interface Scenario {
        /// What lies there before.
        default void prepare() throws IOException {}

        /// The run to be broken; `again` says that a former attempt was.
        void run(TinyConversion conversion, Disk disk, boolean again);

        RunTarget target();

        /// What may be seen under the output's name besides nothing and the finished output.
        default Map<String, String> before() {
            return Map.of();
        }
    }

    private final class Plain implements Scenario {
        @Override
        public RunTarget target() {
            return RunTarget.folder("run1", root.resolve("out"), "{}", TinyConversion.INPUT, "test");
        }

        @Override
        public void run(TinyConversion conversion, Disk disk, boolean again) {
            conversion.run(disk);
        }
    }

    private final class Replacing implements Scenario {
        @Override
        public void prepare() throws IOException {
            Tree.write(root, OLD_OUTPUT);
        }

        @Override
        public Map<String, String> before() {
            return OLD_OUTPUT;
        }

        @Override
        public RunTarget target() {
            return RunTarget.folder("run2", root.resolve("out"), "{}", TinyConversion.INPUT, "test")
                    .replacing();
        }

        @Override
        public void run(TinyConversion conversion, Disk disk, boolean again) {
            conversion.run(disk);
        }
    }

    /// Another request's unfinished run, with scratch files elsewhere, has to make way; this one's scratch files move.
    private final class MovingScratch implements Scenario {
        @Override
        public void prepare() throws IOException {
            Tree.write(root, Map.of("work/", "", "fast/", ""));
            RunTarget other = RunTarget.folder("other", root.resolve("out"), "{}", TinyConversion.INPUT, "test")
                    .withWorkDir(root.resolve("work"));
            CrashingDisk disk = new CrashingDisk(root, Fault.POWER_CUT, 90, 0);
            try {
                new TinyConversion(other).run(disk);
                fail("the other run was to die");
            } catch (SimulatedCrash e) {
                disk.settle(1);
            }
            assertThat(Tree.of(root)).containsKey("work/cellferry-other/spills/spill-0");
        }

        @Override
        public RunTarget target() {
            return RunTarget.folder("run3", root.resolve("out"), "{}", TinyConversion.INPUT, "test")
                    .replacing()
                    .withWorkDir(root.resolve("work"));
        }

        @Override
        public void run(TinyConversion conversion, Disk disk, boolean again) {
            conversion.run(disk, again ? target().withWorkDir(root.resolve("fast")) : target());
        }
    }

    @Test
    void aPowerCutAtAnyOperationCostsOnlyUnacknowledgedUnits() throws IOException {
        breakEverywhere(new Plain(), Fault.POWER_CUT);
    }

    @Test
    void aPowerCutAtAnyOperationOfAReplacementLeavesTheOldOrTheNewOutput() throws IOException {
        breakEverywhere(new Replacing(), Fault.POWER_CUT);
    }

    @Test
    void aPowerCutAtAnyOperationLosesNoScratchFolder() throws IOException {
        breakEverywhere(new MovingScratch(), Fault.POWER_CUT);
    }

    @Test
    void aFullDiskAtAnyOperationEndsTheRunWithExitCode75() throws IOException {
        breakEverywhere(new Plain(), Fault.NO_SPACE);
    }

    @Test
    void anErrorAtAnyOperationEndsTheRunWithExitCode74() throws IOException {
        breakEverywhere(new Plain(), Fault.INPUT_OUTPUT_ERROR);
    }

    @Test
    void anErrorAtAnyOperationOfAReplacementIsFinishedByTheNextStart() throws IOException {
        breakEverywhere(new Replacing(), Fault.INPUT_OUTPUT_ERROR);
    }

    @Test
    void anErrorAtAnyOperationLosesNoScratchFolder() throws IOException {
        breakEverywhere(new MovingScratch(), Fault.INPUT_OUTPUT_ERROR);
    }

    /// The swap is a few operations of many, so each of them is cut more often here.
    @Test
    void aPowerCutDuringTheSwapNeverShowsAnOutputWithTheManifestOfAnother() throws IOException {
        Scenario scenario = new Replacing();
        Map<String, String> start = start(scenario);
        CrashingDisk sound = CrashingDisk.sound(root);
        scenario.run(new TinyConversion(scenario.target()), sound, false);
        sound.abandon();
        Map<String, String> finished = Tree.of(root);

        for (long operation = sound.operations() - 50; operation <= sound.operations(); operation++) {
            for (long seed = 0; seed < 16; seed++) {
                Tree.delete(root);
                Tree.write(root, start);
                CrashingDisk disk = new CrashingDisk(root, Fault.POWER_CUT, operation, seed);
                brokenRun(scenario, new TinyConversion(scenario.target()), disk, false, Fault.POWER_CUT);
                disk.settle(seed);
                assertWholeOrNotAtAll(scenario, finished);
            }
        }
    }

    @Test
    void aPowerCutAtAnyOperationOfGivingUpLeavesARunThatCanBeGivenUpOrNothing() throws IOException {
        RunTarget target = new Plain().target().withWorkDir(root.resolve("work"));
        Tree.write(root, Map.of("work/", ""));
        // Ended in peace: what a random cut leaves of the scratch files is no place to start from.
        CrashingDisk stopped = CrashingDisk.sound(root);
        var opened = (Opening.Opened) new RunFolders(stopped).open(target);
        try (RunFolder run = opened.folder()) {
            TinyConversion.write(run, "spill-0");
            TinyConversion.write(run, "spill-1");
            TinyConversion.write(run, "genes-0");
        }
        stopped.abandon();
        Map<String, String> start = Tree.of(root);
        assertThat(start).containsKeys(".cellferry/run1/output/var/", "work/cellferry-run1/spills/spill-1");
        CrashingDisk sound = CrashingDisk.sound(root);
        new RunFolders(sound).discard(target.output(), "run1");
        sound.abandon();
        assertThat(Tree.of(root)).containsOnlyKeys("work/");

        for (long operation = 1; operation <= sound.operations(); operation++) {
            for (long seed : SEEDS) {
                Tree.delete(root);
                Tree.write(root, start);
                CrashingDisk disk = new CrashingDisk(root, Fault.POWER_CUT, operation, seed);
                assertThatThrownBy(() -> new RunFolders(disk).discard(target.output(), "run1"))
                        .isInstanceOf(SimulatedCrash.class);
                disk.settle(seed);
                CrashingDisk again = CrashingDisk.sound(root);
                try {
                    new RunFolders(again).discard(target.output(), "run1");
                } catch (RequestRefused e) {
                    assertThat(e).hasMessageContaining("expected the unfinished run run1");
                }
                again.abandon();
                assertThat(Tree.of(root))
                        .as("operation %d, seed %d", operation, seed)
                        .containsOnlyKeys("work/");
            }
        }
    }

    private void breakEverywhere(Scenario scenario, Fault fault) throws IOException {
        Map<String, String> start = start(scenario);
        CrashingDisk sound = CrashingDisk.sound(root);
        scenario.run(new TinyConversion(scenario.target()), sound, false);
        sound.abandon();
        Map<String, String> finished = Tree.of(root);
        assertThat(finished.keySet()).noneMatch(name -> name.contains(".cellferry/") || name.contains(".part"));
        assertThat(sound.operations()).isBetween(150L, 350L);

        for (long operation = 1; operation <= sound.operations(); operation++) {
            for (long seed : SEEDS) {
                try {
                    breakAt(scenario, fault, operation, seed, start, finished, sound.operations());
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("%s at operation %d, seed %d: %s".formatted(fault, operation, seed, e), e);
                }
            }
        }
    }

    private Map<String, String> start(Scenario scenario) throws IOException {
        Tree.delete(root);
        Tree.write(root, Map.of());
        scenario.prepare();
        return Tree.of(root);
    }

    /// Once broken as asked, then broken by a power cut at a random operation of the recovery, then left to finish.
    private void breakAt(
            Scenario scenario,
            Fault fault,
            long operation,
            long seed,
            Map<String, String> start,
            Map<String, String> finished,
            long operations)
            throws IOException {
        Tree.delete(root);
        Tree.write(root, start);
        Random random = new Random(operation * 31 + seed);
        TinyConversion conversion = new TinyConversion(scenario.target());

        CrashingDisk first = new CrashingDisk(root, fault, operation, random.nextLong());
        brokenRun(scenario, conversion, first, false, fault);
        assertThat(first.struck()).isTrue();
        end(first, random);
        assertWholeOrNotAtAll(scenario, finished);

        CrashingDisk second =
                new CrashingDisk(root, Fault.POWER_CUT, 1 + random.nextLong(operations), random.nextLong());
        if (random.nextBoolean()) {
            brokenRun(scenario, conversion, second, true, Fault.POWER_CUT);
            end(second, random);
            assertWholeOrNotAtAll(scenario, finished);
        }

        CrashingDisk last = CrashingDisk.sound(root);
        scenario.run(conversion, last, true);
        last.settle(random.nextLong());
        // A cut after the last operation may bring back an empty folder or a lock nobody holds; the output is there.
        assertSame(withoutLocks(Tree.of(root)), finished);

        CrashingDisk afterwards = CrashingDisk.sound(root);
        scenario.run(conversion, afterwards, true);
        afterwards.abandon();
        assertSame(Tree.of(root), finished);
    }

    /// Names first: the difference of two whole trees is nothing to read.
    private static void assertSame(Map<String, String> found, Map<String, String> expected) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, contents) -> assertThat(found.get(name)).as(name).isEqualTo(contents));
    }

    private static void brokenRun(
            Scenario scenario, TinyConversion conversion, CrashingDisk disk, boolean again, Fault fault) {
        try {
            scenario.run(conversion, disk, again);
            assertThat(disk.struck()).as("an error that nobody was told of").isFalse();
        } catch (SimulatedCrash e) {
            assertThat(fault).isEqualTo(Fault.POWER_CUT);
        } catch (Refusal e) {
            assertThat(e.exitCode()).isEqualTo(fault == Fault.NO_SPACE ? 75 : 74);
            assertThat(e.getMessage()).contains("expected", "found").containsPattern("^/");
            assertThat(e.remedy()).contains("run the same command again");
        }
    }

    /// After an error the process may go on to end in peace, or the power may go as well.
    private static void end(CrashingDisk disk, Random random) throws IOException {
        if (random.nextInt(4) == 0) {
            disk.abandon();
        } else {
            disk.settle(random.nextLong());
        }
    }

    private void assertWholeOrNotAtAll(Scenario scenario, Map<String, String> finished) throws IOException {
        Map<String, String> now = Tree.of(root);
        Map<String, String> output = under("out/", now);
        if (output.isEmpty()) {
            return;
        }
        if (output.equals(under("out/", finished))) {
            assertThat(now.get("out.cellferry.json")).isEqualTo(finished.get("out.cellferry.json"));
        } else {
            assertThat(output).isEqualTo(under("out/", withFolders(scenario.before())));
            assertThat(now.get("out.cellferry.json"))
                    .isEqualTo(scenario.before().get("out.cellferry.json"));
        }
    }

    private static Map<String, String> under(String folder, Map<String, String> tree) {
        Map<String, String> part = new TreeMap<>(tree);
        part.keySet().removeIf(name -> !name.startsWith(folder));
        return part;
    }

    private static Map<String, String> withFolders(Map<String, String> files) {
        Map<String, String> tree = new TreeMap<>(files);
        for (String name : files.keySet()) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                tree.put(name.substring(0, slash + 1), "");
            }
        }
        return tree;
    }

    private static Map<String, String> withoutLocks(Map<String, String> tree) {
        Map<String, String> rest = new TreeMap<>(tree);
        rest.keySet().removeIf(name -> name.startsWith(".cellferry/"));
        return rest;
    }
}
