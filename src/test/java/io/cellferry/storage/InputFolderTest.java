package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFolderTest {

    @TempDir
    private Path place;

    private Path root;

    @BeforeEach
    void fill() throws IOException {
        root = Files.createDirectories(place.resolve("store"));
        Files.createDirectories(root.resolve("b/c"));
        Files.writeString(root.resolve("list"), "a list");
        Files.writeString(root.resolve("b/data"), "0123456789");
    }

    private InputFolder folder() {
        return new InputFolder(root, root, "store", List.of("nothing", "list"));
    }

    @Test
    void filesAndFoldersAreFoundByName() {
        InputFolder folder = folder();

        assertThat(folder.names("")).containsExactly("b", "list");
        assertThat(folder.folders("")).containsExactly("b");
        assertThat(folder.isFolder("b/c")).isTrue();
        assertThat(folder.size("b/data")).hasValue(10);
    }

    @Test
    void whatCannotBeThereIsNot() {
        InputFolder folder = folder();

        for (String name : List.of("x", "b/c/x", "list/x", "n".repeat(300), "b\0c")) {
            assertThat(folder.size(name)).as(name).isEmpty();
            assertThat(folder.isFolder(name)).as(name).isFalse();
        }
        assertThat(folder.size("b")).isEmpty();
        assertThat(folder.names("list")).isEmpty();
        assertThat(folder.names("b/c")).isEmpty();
    }

    @Test
    void aReadingSaysHowMuchThereWas() {
        byte[] into = new byte[8];

        assertThat(folder().read("b/data", 2, into, 4)).isEqualTo(4);
        assertThat(into).startsWith('2', '3', '4', '5').endsWith(0, 0, 0, 0);
        assertThat(folder().read("b/data", 7, into, 8)).isEqualTo(3);
        assertThat(folder().read("b/x", 0, into, 1)).isEqualTo(-1);
    }

    @Test
    void aLinkThatLeadsToItselfIsRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));

        assertThatThrownBy(() -> folder().size("loop"))
                .isInstanceOf(InputRefused.class)
                .hasMessage(root + ": loop is a symbolic link that leads to itself.");
        assertThatThrownBy(() -> folder().names("loop")).isInstanceOf(InputRefused.class);
    }

    @Test
    void aFolderThatWentAwayIsNoEmptyOne() throws IOException {
        InputFolder folder = folder();
        Files.move(root, place.resolve("unmounted"));

        assertGone(() -> folder.size("b/data"));
        assertGone(() -> folder.names("b"));
        assertGone(() -> folder.read("b/data", 0, new byte[1], 1));
    }

    /// As of a share whose place is still there when it is gone.
    @Test
    void norIsOneThatIsEmptyAllAtOnce() throws IOException {
        InputFolder folder = folder();
        Files.move(root, place.resolve("unmounted"));
        Files.createDirectory(root);

        assertGone(() -> folder.size("b/data"));
        assertGone(() -> folder.folders(""));
    }

    private void assertGone(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(StorageFailed.class)
                .hasMessage(root + ": the store was there when it was opened and is gone.");
    }
}
