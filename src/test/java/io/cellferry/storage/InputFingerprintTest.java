package io.cellferry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cellferry.failure.InputRefused;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same input has the same fingerprint; what was changed is said in words.
class InputFingerprintTest {

    private static final FileTime TIME = FileTime.from(Instant.parse("2026-05-06T07:08:09.123456Z"));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("input.h5ad");
        Files.write(file, new byte[5_000_000]);
        Files.setLastModifiedTime(file, TIME);
    }

    private void poke(long position) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(position);
            open.write(1);
        }
        Files.setLastModifiedTime(file, TIME);
    }

    @Test
    void theSameFileAndItsCopyWithKeptTimesAreTheSame() throws IOException {
        Path copy = Files.copy(file, folder.resolve("copy"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(InputFingerprint.of(copy)).isEqualTo(InputFingerprint.of(file));
        assertThat(InputFingerprint.of(file).bytes()).isEqualTo(5_000_000);
        assertThat(InputFingerprint.of(file).lastModified()).isEqualTo(TIME.toInstant());
    }

    @Test
    void oneByteInTheHeadTheTailOrASampledBlockIsSeenWithSizeAndTimeUnchanged() throws IOException {
        // 16 blocks of 64 KiB start at 1 MiB + k * ((5,000,000 - 2 MiB - 64 KiB) / 15); the second begins at 1,237,730.
        for (long position : new long[] {0, (1 << 20) - 1, 1_237_730, 5_000_000 - (1 << 20), 4_999_999}) {
            InputFingerprint before = InputFingerprint.of(file);
            poke(position);
            assertThat(before.differences(InputFingerprint.of(file)))
                    .as("byte %d", position)
                    .containsExactly("sampled bytes of its content differ");
            write();
        }
    }

    @Test
    void changedSizeAndTimeAreSaidInWords() throws IOException {
        InputFingerprint before = InputFingerprint.of(file);
        Files.write(file, new byte[10]);
        Files.setLastModifiedTime(file, FileTime.from(TIME.toInstant().plusSeconds(1)));

        assertThat(before.differences(InputFingerprint.of(file)))
                .containsExactly(
                        "it had 5,000,000 bytes and now has 10",
                        "it was last modified at 2026-05-06T07:08:09.123456Z and now at 2026-05-06T07:08:10.123456Z",
                        "sampled bytes of its content differ");
    }

    @Test
    void hugeFilesTakeABoundedTime() throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(1L << 40); // A sparse tebibyte.
        }
        Instant start = Instant.now();

        assertThat(InputFingerprint.of(file).bytes()).isEqualTo(1L << 40);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void foldersAreComparedByNamesSizesTimesAndSamples() throws IOException {
        Path store = folder.resolve("store.zarr");
        for (String name : new String[] {"b/0", "a/1", ".zattrs"}) {
            Path chunk = store.resolve(name);
            Files.createDirectories(chunk.getParent());
            Files.writeString(chunk, name);
            Files.setLastModifiedTime(chunk, TIME);
        }
        InputFingerprint before = InputFingerprint.of(store);
        assertThat(before.files()).isEqualTo(3);
        assertThat(before.bytes()).isEqualTo(3 + 3 + 7);

        Files.move(store.resolve("b/0"), store.resolve("b/2"));
        assertThat(before.differences(InputFingerprint.of(store)))
                .containsExactly("the names, sizes or times of single files differ");
        Files.delete(store.resolve("b/2"));
        assertThat(before.differences(InputFingerprint.of(store)))
                .contains("it had 3 files and now has 2", "it had 13 bytes and now has 10");
    }

    /// They appear as soon as somebody looks at the folder, or deletes what another machine has open.
    @ParameterizedTest
    @ValueSource(strings = {".DS_Store", "._0", "Thumbs.db", "desktop.ini", ".nfs000001"})
    void whatASystemLeavesInAFolderDoesNotCount(String name) throws IOException {
        Path store = Files.createDirectory(folder.resolve("store.zarr"));
        Files.writeString(store.resolve("0"), "chunk");
        InputFingerprint before = InputFingerprint.of(store);

        Files.writeString(store.resolve(name), "seen");

        assertThat(InputFingerprint.of(store)).isEqualTo(before);
    }

    /// Nobody would come to an end following it.
    @Test
    void aLinkToAFolderAroundItIsRefused() throws IOException {
        Path store = Files.createDirectories(folder.resolve("store"));
        Files.createDirectory(store.resolve("uns"));
        Files.createSymbolicLink(store.resolve("uns/again"), Path.of(".."));

        assertThatThrownBy(() -> InputFingerprint.of(store))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("uns/again is a symbolic link to a folder that it lies in itself");
    }

    @Test
    void aBackslashIsALetterOfANameWhereItSeparatesNothing() throws IOException {
        assumeTrue(File.separatorChar == '/');
        Path store = Files.createDirectories(folder.resolve("store"));
        Files.writeString(store.resolve("a\\b"), "text");

        assertThat(InputFingerprint.of(store).bytes()).isEqualTo(4);
    }

    @Test
    void ofAFolderOnlyTheFilesThatAreNamedCount() throws IOException {
        Path scans = Files.createDirectory(folder.resolve("scans"));
        Files.writeString(scans.resolve("a.tif"), "a");
        Files.writeString(scans.resolve("b.tif"), "b");
        InputFingerprint before = InputFingerprint.of(scans, List.of("a.tif", "b.tif"));
        assertThat(before.files()).isEqualTo(2);

        Files.writeString(scans.resolve("Thumbs.db"), "seen");
        Files.createSymbolicLink(Files.createDirectory(scans.resolve("old")).resolve("up"), Path.of(".."));
        assertThat(InputFingerprint.of(scans, List.of("a.tif", "b.tif"))).isEqualTo(before);
        Files.writeString(scans.resolve("b.tif"), "other");
        assertThat(before.differences(InputFingerprint.of(scans, List.of("a.tif", "b.tif"))))
                .contains("it had 2 bytes and now has 6");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aBackslashIsPartOfAName() throws IOException {
        Path store = Files.createDirectory(folder.resolve("store.zarr"));
        Files.writeString(store.resolve("CD4\\CD8"), "both");

        assertThat(InputFingerprint.of(store).bytes()).isEqualTo(4);
    }

    @Test
    void aMissingInputIsRefused() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> InputFingerprint.of(missing))
                .isInstanceOf(InputRefused.class)
                .hasMessage(missing + ": expected a file or folder to read, found nothing.")
                .extracting(e -> ((InputRefused) e).remedy())
                .isEqualTo("Check the path, and that the file system it lies on is mounted.");
    }
}
