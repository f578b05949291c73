package io.cellferry.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a request says, the path that comes out lies in a named folder.
class DataRootsTest {

    @TempDir
    Path temporary;

    private Path folder;
    private DataRoots roots;

    @BeforeEach
    void nameTwoFolders() throws IOException {
        folder = temporary.toRealPath();
        Files.createDirectories(folder.resolve("in/sub"));
        Files.createDirectories(folder.resolve("in-other"));
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("in/a.h5ad"), "a");
        Files.writeString(folder.resolve("secret"), "s");
        roots = roots(Map.of("data", Path.of("in")), Map.of("exports", Path.of("out")));
    }

    private DataRoots roots(Map<String, Path> read, Map<String, Path> write) {
        return DataRoots.of(
                new ServiceSettings(null, null, null, null, null, read, write, null, null, null, null, null), folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"data:a.h5ad", "data:sub/../a.h5ad", "data:./a.h5ad", "data:sub//x", "data:", "data:ä é 空.h5ad"})
    void whatLiesInsideIsFoundOrRefusedButNeverElsewhere(String said) {
        try {
            assertThat(roots.input(said)).startsWithRaw(folder.resolve("in"));
        } catch (RequestRefused refused) {
            assertThat(said).contains("..");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:..",
                "data:../secret",
                "data:../in-other",
                "data:../in/a.h5ad",
                "data:sub/../../secret",
                "data:/etc/passwd",
                "data://etc/passwd",
                "data:..\\secret",
                "data:sub\\..\\..\\secret",
                "data:C:\\x",
                "data:a\u0000.h5ad",
                "data:a\n.h5ad",
                "data:\u202Ea.h5ad",
                "data:\uD800",
                "data:.cellferry/run",
                "data:sub/.cellferry/run/x",
                "data",
                "",
                ":",
                ":a.h5ad",
                "DATA:a.h5ad",
                "file:///etc/passwd",
                "nowhere:a.h5ad"
            })
    void whatLeadsOutIsRefused(String said) {
        assertThatThrownBy(() -> roots.input(said))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("is not in a folder that this service may read")
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("\u202E");
    }

    @Test
    void encodedDotsAreNamesLikeAnyOther() {
        assertThat(roots.input("data:%2e%2e/x")).isEqualTo(folder.resolve("in/%2e%2e/x"));
    }

    @Test
    void linksMayNotLeadOut() throws IOException {
        Files.createSymbolicLink(folder.resolve("in/link"), folder.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("in/up"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("in/inside"), Path.of("a.h5ad"));

        assertThatThrownBy(() -> roots.input("data:link")).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> roots.input("data:up/secret")).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> roots.input("data:up/not-there-yet")).isInstanceOf(RequestRefused.class);
        assertThat(roots.input("data:inside")).isEqualTo(folder.resolve("in/a.h5ad"));
    }

    /// Whoever makes the target of such a link later would decide where the output goes.
    @Test
    void linksThatLeadNowhereAreRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("out/later"), folder.resolve("not-there-yet"));
        Files.createSymbolicLink(folder.resolve("out/round"), folder.resolve("out/round"));

        for (String said : new String[] {"exports:later", "exports:later/x", "exports:round", "exports:round/x"}) {
            assertThatThrownBy(() -> roots.output(said)).as(said).isInstanceOf(RequestRefused.class);
        }
        assertThat(roots.output("exports:new/x")).isEqualTo(folder.resolve("out/new/x"));
    }

    @Test
    void aLinkMadeAfterTheCheckIsNoticedBeforeTheWork() throws IOException {
        Path input = roots.input("data:sub/x.h5ad");
        DataRoots.requireUnmoved(input, "input");

        Files.delete(folder.resolve("in/sub"));
        Files.createSymbolicLink(folder.resolve("in/sub"), folder.resolve("in-other"));

        assertThatThrownBy(() -> DataRoots.requireUnmoved(input, "input"))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("leads elsewhere")
                .hasMessageNotContaining(folder.toString());
    }

    @Test
    void aRefusalDoesNotTellWhatIsOutside() {
        String there = message("data:../secret");
        String notThere = message("data:../secres");

        assertThat(there.replace("secret", "")).isEqualTo(notThere.replace("secres", ""));
    }

    private String message(String said) {
        try {
            return roots.input(said).toString();
        } catch (RequestRefused refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void outputsGoOnlyWhereWritingIsAllowed() {
        assertThatThrownBy(() -> roots.output("data:x")).isInstanceOf(RequestRefused.class);
        assertThat(roots.input("exports:x")).isEqualTo(folder.resolve("out/x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exports:", "exports:.", "exports:./"})
    void noOutputTakesThePlaceOfAWholeFolder(String said) {
        assertThatThrownBy(() -> roots.output(said))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("is a whole folder of this service");
        assertThatThrownBy(() -> roots.checkedOutput(folder.resolve("out")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("is a whole folder of this service");
    }

    @Test
    void longPlacesAreRefusedShortly() {
        assertThatThrownBy(() -> roots.input("data:" + "x/".repeat(100_000)))
                .isInstanceOf(RequestRefused.class)
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void theStateFolderLiesInNoRoot() {
        assertThatThrownBy(() -> roots.refuseHolding(folder.resolve("in/state")))
                .isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> roots.refuseHolding(folder)).isInstanceOf(RequestRefused.class);
        roots.refuseHolding(folder.resolve("state"));
    }
}
