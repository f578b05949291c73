package io.cellferry.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Chunks whose elements lie in another order, have no bytes, or are not what they are called.
class StrangeChunksTest {

    private static final String TEXTS = "[{\"id\": \"vlen-utf8\"}]";

    @TempDir
    private Path folder;

    /// As numpy stores an array of two rows in Fortran's order.
    @Test
    void textsStoredColumnByColumnComeOutRowByRow() {
        PlainStore store = new PlainStore(folder, ZarrVersion.TWO)
                .array(
                        "a",
                        Map.of(
                                "dtype", "\"|O\"",
                                "filters", TEXTS,
                                "order", "\"F\"",
                                "shape", "[2, 3]",
                                "chunks", "[2, 3]"))
                .write("a/0.0", PlainStore.textChunk("a", "d", "b", "e", "c", "f"));

        assertThat(store.texts("a", 0, 0)).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void textsThatAreNotInUtf8AreRefusedNotReplaced() {
        byte[] chunk = PlainStore.textChunk("a", "\uFFFD", "xyz");
        PlainStore store = new PlainStore(folder, ZarrVersion.TWO)
                .array("a", Map.of("dtype", "\"|O\"", "filters", TEXTS, "shape", "[3]", "chunks", "[3]"))
                .write("a/0", chunk);
        assertThat(store.texts("a", 0)).containsExactly("a", "\uFFFD", "xyz");

        chunk[chunk.length - 1] = (byte) 0xff;
        store.write("a/0", chunk);

        assertThatThrownBy(() -> store.texts("a", 0))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("a/0")
                .hasMessageContaining("text 2 is not in UTF-8");
    }

    @Test
    void elementsWithoutBytesHaveNoOrder() {
        PlainStore store = new PlainStore(folder, ZarrVersion.TWO)
                .array("a", Map.of("dtype", "\"|S0\"", "order", "\"F\""))
                .write("a/0", new byte[0]);

        assertThat(store.chunk("a", 0)).isEmpty();
    }

    /// Nothing of it is read: it would not fit into memory.
    @Test
    void filesThatAreTooLongForAChunkAreRefused() throws IOException {
        PlainStore store = new PlainStore(folder, ZarrVersion.TWO)
                .array("a", Map.of("compressor", "{\"id\": \"zlib\"}"))
                .write("a/0", "");
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("a/0").toFile(), "rw")) {
            file.setLength(900 << 20);
        }

        assertThatThrownBy(() -> store.chunk("a", 0))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("a/0")
                .hasMessageContaining("943,718,400 bytes, more than a chunk can have, which is 1,048,624");
    }

    /// The number of bool in numpy has one byte; others would be read from the wrong places.
    @Test
    void aTypeOfTextsOrFlagsThatNobodyHasIsNotRead() {
        PlainStore store = new PlainStore(folder, ZarrVersion.TWO)
                .array("flags", Map.of("dtype", "\"|b2\""))
                .array("texts", Map.of("filters", TEXTS));

        assertThat(store.node("flags").array().unreadable()).hasValue("type |b2");
        assertThat(store.node("texts").array().unreadable()).hasValue("type <i4 filtered as texts");
    }
}
