package io.cellferry.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is missing of a store is empty; a store that is missing itself is not.
class FolderStoreTest {

    @TempDir
    Path folder;

    @Test
    void aMissingChunkHasNoLength() throws IOException {
        Files.writeString(folder.resolve(".zarray"), "{}");
        try (ZarrStore store = ZarrStore.open(folder).orElseThrow()) {
            assertThat(store.length("0.0")).isEmpty();
            assertThat(store.length("c/0/0")).isEmpty();
            assertThat(store.folders("c")).isEmpty();
        }
    }

    /// As a share does that is unmounted: its chunks would all be read as zeros.
    @Test
    void aStoreThatIsGoneIsNotTakenForAnEmptyOne() throws IOException {
        Path root = Files.createDirectory(folder.resolve("mounted.zarr"));
        Files.writeString(root.resolve(".zgroup"), "{}");
        Files.writeString(root.resolve("0"), "chunk");
        try (ZarrStore store = ZarrStore.open(root).orElseThrow()) {
            assertThat(store.length("0")).hasValue(5);
            Files.move(root, folder.resolve("aside.zarr"));
            refused(store, root);
            // The empty folder that was mounted on.
            Files.createDirectory(root);
            refused(store, root);
        }
    }

    private static void refused(ZarrStore store, Path root) {
        assertThatThrownBy(() -> store.length("0"))
                .isInstanceOfSatisfying(StorageFailed.class, failed -> assertThat(failed.remedy())
                        .contains("run the same command again"))
                .hasMessageContaining(root.toString());
        assertThatThrownBy(() -> store.folders("")).isInstanceOf(StorageFailed.class);
    }
}
