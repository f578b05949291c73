package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.StorageFailed;
import io.cellferry.storage.CrashingDisk.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Small files that are whole or not there, in a folder of the user's own.
class StateFolderTest {

    @TempDir
    Path temporary;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theFirstPlaceNamedIsTaken() {
        Optional<Path> home = Optional.of(Path.of("/home/ada"));
        Map<String, String> both = Map.of("CELLFERRY_HOME", "/srv/cf", "XDG_STATE_HOME", "/state");

        assertThat(StateFolder.locate(Optional.of(Path.of("/mine")), both, home))
                .hasToString("/mine");
        assertThat(StateFolder.locate(Optional.empty(), both, home)).hasToString("/srv/cf");
        assertThat(StateFolder.locate(
                        Optional.empty(), Map.of("XDG_STATE_HOME", "/state", "CELLFERRY_HOME", " "), home))
                .hasToString("/state/cellferry");
        assertThat(StateFolder.locate(Optional.empty(), Map.of(), home))
                .hasToString("/home/ada/.local/state/cellferry");
    }

    @Test
    void whoHasNoHomeFolderIsToldWhatToSay() {
        assertThat(StateFolder.locate(Optional.empty(), Map.of("CELLFERRY_HOME", "/srv/cf"), Optional.empty()))
                .hasToString("/srv/cf");
        assertThatThrownBy(() -> StateFolder.locate(Optional.empty(), Map.of(), Optional.empty()))
                .isInstanceOfSatisfying(RequestRefused.class, refused -> assertThat(refused.remedy())
                        .contains("--state-dir", "CELLFERRY_HOME"));
    }

    @Test
    void aFolderThatCannotBeMadeIsToldAsTheOneForState() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> StateFolder.open(new RealDisk(), file.resolve(".local/state")))
                .isInstanceOfSatisfying(StorageFailed.class, failed -> {
                    assertThat(failed).hasMessageContaining("the folder for cellferry's state cannot be made");
                    assertThat(failed.remedy()).contains("--state-dir", "CELLFERRY_HOME");
                });
    }

    @Test
    void filesAreWrittenReadListedAndDeleted() throws IOException {
        StateFolder state = StateFolder.open(new RealDisk(), temporary.resolve("deep/state"));
        state.write("b.json", bytes("old"));
        state.write("b.json", bytes("new"));
        state.write("a.json", bytes("{}"));
        Files.writeString(state.path().resolve("c.json.part"), "half");
        StateFolder logs = state.folder("logs");

        assertThat(state.read("b.json")).contains(bytes("new"));
        assertThat(state.read("none")).isEmpty();
        assertThat(state.list()).containsExactly("a.json", "b.json");
        assertThat(state.delete("a.json")).isTrue();
        assertThat(state.delete("a.json")).isFalse();
        assertThat(logs.path()).isEqualTo(state.path().resolve("logs"));
        for (Path folder : new Path[] {state.path(), logs.path()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void namesStayInsideAndAFileIsNoFolder() throws IOException {
        StateFolder state = StateFolder.open(new RealDisk(), temporary.resolve("state"));
        for (String bad : new String[] {"..", "a/b", "", "x.part"}) {
            assertThatThrownBy(() -> state.write(bad, bytes("x"))).isInstanceOf(IllegalArgumentException.class);
        }
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatThrownBy(() -> StateFolder.open(new RealDisk(), file))
                .isInstanceOf(RequestRefused.class)
                .hasMessage(file + ": expected a folder for cellferry's state, found a file.");
    }

    @Test
    void aPowerCutLeavesTheOldOrTheNewContents() throws IOException {
        Path root = temporary.toRealPath().resolve("root");
        for (int operation = 1; operation <= 6; operation++) {
            for (long seed = 0; seed < 8; seed++) {
                Tree.delete(root);
                Tree.write(root, Map.of("state/run.json", "old"));
                CrashingDisk disk = new CrashingDisk(root, Fault.POWER_CUT, operation, seed);
                boolean returned = false;
                try {
                    StateFolder.open(disk, root.resolve("state")).write("run.json", bytes("new"));
                    returned = true;
                } catch (SimulatedCrash e) {
                    assertThat(disk.struck()).isTrue();
                }
                disk.settle(seed);
                String found = Files.readString(root.resolve("state/run.json"));
                assertThat(found).isIn(returned ? new String[] {"new"} : new String[] {"old", "new"});
            }
        }
    }
}
