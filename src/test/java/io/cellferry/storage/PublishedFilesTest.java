package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RoomExhausted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Readers get what was published, or nothing.
class PublishedFilesTest {

    @TempDir
    Path temporary;

    private Path output;
    private final PublishedFiles files = new PublishedFiles();

    @BeforeEach
    void publish() throws IOException {
        output = temporary.toRealPath().resolve("out");
        Publishing.folder(output, Map.of("a", "old a", "deep/er/b", "old b"));
        // Times have a grain: what is changed from here on is later than the manifest.
        ManifestStamp published = ManifestStamp.of(output).orElseThrow();
        Path later = temporary.resolve("later");
        do {
            Files.writeString(later, "x");
        } while (Files.getLastModifiedTime(later).compareTo(published.modified()) <= 0);
    }

    private static String text(PublishedFile file) {
        try (var opened = (PublishedFile.Opened) file) {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            opened.read(buffer, 0);
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatIsListedReadsAsPublished() {
        assertThat(text(files.open(output, "a"))).isEqualTo("old a");
        assertThat(text(files.open(output, "deep/er/b"))).isEqualTo("old b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "b", "deep", "deep/er", "../later", "../out/a", "a/", "/a", "./a", "deep//er/b", "extra"})
    void whatIsNotListedDoesNotExist(String path) throws IOException {
        Files.writeString(output.resolve("extra"), "nobody published this");

        assertThat(files.open(output, path)).isInstanceOf(PublishedFile.Missing.class);
    }

    @Test
    void anOutputWithoutManifestDoesNotExist() throws IOException {
        assertThat(files.open(output.resolveSibling("other"), "a")).isInstanceOf(PublishedFile.Missing.class);
        Files.delete(output.resolveSibling("out.cellferry.json"));
        assertThat(files.open(output, "a")).isInstanceOf(PublishedFile.Missing.class);
    }

    @Test
    void aFileIsAnOutputToo() {
        Path table = output.resolveSibling("genes.csv");
        Publishing.file(table, "gene,score");

        assertThat(text(files.open(table, ""))).isEqualTo("gene,score");
        assertThat(files.open(table, "genes.csv")).isInstanceOf(PublishedFile.Missing.class);
    }

    @Test
    void changesAreNoticed() throws IOException {
        assertThat(text(files.open(output, "a"))).isEqualTo("old a");

        changed(file -> Files.writeString(file, "longer than before"));
        changed(file -> Files.writeString(file, "odd a"));
        changed(Files::delete);
        changed(file -> Files.createSymbolicLink(file, output.resolve("deep/er/b")));
    }

    private interface Change {
        void to(Path file) throws IOException;
    }

    private void changed(Change change) throws IOException {
        change.to(output.resolve("a"));
        assertThat(files.open(output, "a")).isInstanceOf(PublishedFile.Changed.class);
    }

    @Test
    void linksOnTheWayAreNotFollowed() throws IOException {
        Path elsewhere = temporary.resolve("elsewhere");
        Files.move(output.resolve("deep"), elsewhere);
        Files.createSymbolicLink(output.resolve("deep"), elsewhere);

        assertThat(files.open(output, "deep/er/b")).isInstanceOf(PublishedFile.Changed.class);
    }

    @Test
    void whatWasTouchedButIsTheSameIsServed() throws IOException {
        Files.setPosixFilePermissions(output.resolve("a"), PosixFilePermissions.fromString("rw-r-----"));
        Path copy = output.resolveSibling("copy");
        Files.copy(output.resolveSibling("out.cellferry.json"), output.resolveSibling("copy.cellferry.json"));
        Files.createDirectory(copy);
        Files.copy(output.resolve("a"), copy.resolve("a"));

        assertThat(text(files.open(output, "a"))).isEqualTo("old a");
        assertThat(text(files.open(copy, "a"))).isEqualTo("old a");
    }

    @Test
    void aReplacedOutputIsReadAnewAndOpenFilesStay() {
        try (var before = (PublishedFile.Opened) files.open(output, "a")) {
            Publishing.folder(output, Map.of("a", "new a", "c", "new c"));

            ByteBuffer buffer = ByteBuffer.allocate(100);
            assertThat(before.read(buffer, 0)).isEqualTo("old a".length());
        }
        assertThat(text(files.open(output, "a"))).isEqualTo("new a");
        assertThat(text(files.open(output, "c"))).isEqualTo("new c");
        assertThat(files.open(output, "deep/er/b")).isInstanceOf(PublishedFile.Missing.class);
    }

    @Test
    void readersSeeTheOldOrTheNewOutputWhileItIsReplaced() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = Stream.generate(() -> threads.submit(() -> readUntil(done)))
                    .limit(4)
                    .toList();
            for (int generation = 0; generation < 30; generation++) {
                String content = "generation %d".formatted(generation).repeat(1 + generation % 3);
                Publishing.folder(output, Map.of("a", content));
            }
            done.set(true);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private int readUntil(AtomicBoolean done) {
        int reads = 0;
        for (; !done.get(); reads++) {
            try (var opened = (PublishedFile.Opened) files.open(output, "a")) {
                ByteBuffer buffer = ByteBuffer.allocate(200);
                opened.read(buffer, 0);
                var digest = Sha256.start();
                digest.update(buffer.flip());
                assertThat(Sha256.hex(digest)).isEqualTo(opened.entry().sha256());
            }
        }
        return reads;
    }

    @Test
    void inventoriesAreBounded() {
        PublishedFiles few = new PublishedFiles(5);
        Map<String, String> three = Map.of("a", "1", "b", "2", "c", "3");
        for (int i = 0; i < 4; i++) {
            Path one = output.resolveSibling("out" + i);
            Publishing.folder(one, three);

            assertThat(text(few.open(one, "b"))).isEqualTo("2");
            assertThat(few.heldFiles()).isEqualTo(3);
        }
        Publishing.folder(output, Map.of("a", "", "b", "", "c", "", "d", "", "e", "", "f", ""));
        assertThatThrownBy(() -> few.open(output, "a"))
                .isInstanceOf(RoomExhausted.class)
                .hasMessageContaining("more than 5 files");
        assertThat(text(few.open(output.resolveSibling("out0"), "b"))).isEqualTo("2");
    }

    @Test
    void aDamagedManifestMeansNoOutput() throws IOException {
        Path manifest = output.resolveSibling("out.cellferry.json");
        for (String text : new String[] {"", "[]", "{", "{\"version\": 2, \"files\": []}", "{\"files\": [1]}"}) {
            Files.writeString(manifest, text);
            assertThat(files.open(output, "a")).isInstanceOf(PublishedFile.Missing.class);
        }
    }
}
