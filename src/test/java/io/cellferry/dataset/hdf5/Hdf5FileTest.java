package io.cellferry.dataset.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.failure.InputRefused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is not a whole HDF5 file is refused at opening, saying what it is.
class Hdf5FileTest {

    private static final Path WHOLE = Path.of("src/test/resources/hdf5/hostile/to_cut.h5");

    @TempDir
    Path folder;

    @Test
    void missingFilesAreRefused() {
        refused(folder.resolve("none.h5ad"), "there is no such file");
    }

    @Test
    void foldersAreRefused() {
        refused(folder, "this is a directory");
    }

    @Test
    void emptyFilesAreRefused() throws IOException {
        refused(file(new byte[0]), "this file is empty");
    }

    @Test
    void compressedFilesAreRefused() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Files.readAllBytes(WHOLE));
        }

        refused(file(packed.toByteArray()), "gzip-compressed");
    }

    @Test
    void zipArchivesAreRefused() throws IOException {
        refused(file(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0}), "a zip archive (a zipped Zarr store?)");
    }

    @Test
    void textIsRefusedWithItsFirstLine() throws IOException {
        refused(file("cell,gene\n1,2\n".getBytes(StandardCharsets.US_ASCII)), "text beginning 'cell,gene'");
    }

    @Test
    void otherBytesAreRefused() throws IOException {
        refused(file(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, 3, 4}), "begins with 89 50 4e 47");
    }

    @Test
    void filesCutAnywhereAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(WHOLE);
        for (int part = 1; part < 100; part++) {
            int bytes = (int) ((long) whole.length * part / 100);
            refused(file(Arrays.copyOf(whole, bytes)), "it is cut off");
        }
        refused(file(Arrays.copyOf(whole, whole.length - 1)), "it is cut off");
        refused(file(Arrays.copyOf(whole, 20)), "the superblock cannot be read: the file ends at byte 20");
        refused(file(Arrays.copyOf(whole, 7)), "has no HDF5 signature");
    }

    @Test
    void bytesBehindTheEndDoNoHarm() throws IOException {
        byte[] whole = Files.readAllBytes(WHOLE);

        try (Hdf5File longer = Hdf5File.open(file(Arrays.copyOf(whole, whole.length + 100)))) {
            assertThat(longer.root().childNames()).containsExactly("a", "g", "s");
        }
    }

    @Test
    void readingAfterClosingIsNotADefectOfTheFile() {
        Hdf5File file = Hdf5File.open(WHOLE);
        TreeArray numbers = file.root().array("g").orElseThrow();
        file.close();

        assertThatThrownBy(() -> numbers.readWholes(0, 10)).isInstanceOf(io.cellferry.failure.StorageFailed.class);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("given.h5"), bytes);
    }

    private static void refused(Path path, String reason) {
        assertThatThrownBy(() -> Hdf5File.open(path).close())
                .isInstanceOfSatisfying(InputRefused.class, refusal -> assertThat(refusal.remedy())
                        .isNotBlank())
                .hasMessageContaining(path.toString())
                .hasMessageContaining(reason);
    }
}
