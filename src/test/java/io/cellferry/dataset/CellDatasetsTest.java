package io.cellferry.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an input is, its content says; what is not read is refused by name with a way out.
class CellDatasetsTest {

    private static final Path CORPUS = Path.of("src/test/resources/corpus/h5ad");

    @TempDir
    private Path folder;

    @Test
    void theNameOfAFileSaysNothing() throws IOException {
        Path misnamed = folder.resolve("counts.txt");
        Files.copy(Opened.oddPath("tenx_v3.h5"), misnamed);

        try (Opened opened = Opened.at(misnamed)) {
            assertThat(opened.catalogue().format()).startsWith("10x");
        }
    }

    @Test
    void aMuDataFileIsRefusedWithItsModalities() {
        refused(CORPUS.resolve("mudata/v0.4.1_axis0.h5mu"), "MuData", "modalities");
        refused(CORPUS.resolve("hubmap/objects.h5mu"), "MuData", "default");
    }

    @Test
    void aLoomFileIsRefusedByName() {
        refused(CORPUS.resolve("loom/loompy_test.loom"), "loom");
        refused(CORPUS.resolve("scp-ingest/test_loom.loom"), "loom");
    }

    @Test
    void moleculeInformationIsRefusedByName() {
        refused(Opened.oddPath("molecule_info.h5"), "molecule information");
    }

    @Test
    void hdf5OfAnotherKindIsRefusedWithWhatIsInIt() {
        refused(Opened.oddPath("unrelated.h5"), "temperature");
        refused(Opened.oddPath("nothing.h5"), "nothing in it");
    }

    @Test
    void aTruncatedFileIsRefused() {
        refused(CORPUS.resolve("scp-ingest/bad.h5"), "243,544", "240,602");
    }

    @Test
    void aZipFileOfSomethingElseIsRefused() throws IOException {
        Path zip = folder.resolve("papers.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("paper.txt"));
            out.write(1);
        }
        refused(zip, "zip");
    }

    @Test
    void aZipFileWhoseEntriesLeadOutOfItIsRefused() throws IOException {
        Path zip = folder.resolve("escaping.zarr.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : new String[] {".zgroup", "../outside"}) {
                out.putNextEntry(new ZipEntry(name));
                out.write('{');
            }
        }
        refused(zip, "../outside");
    }

    @Test
    void storesThatAreNotAnnDataAreRefusedByWhatTheyAre() throws IOException {
        Path image = Files.createDirectory(folder.resolve("image.zarr"));
        Files.writeString(image.resolve(".zgroup"), "{\"zarr_format\": 2}");
        Files.writeString(image.resolve(".zattrs"), "{\"multiscales\": []}");
        Path array = Files.createDirectory(folder.resolve("array.zarr"));
        Files.writeString(
                array.resolve(".zarray"),
                "{\"zarr_format\": 2, \"shape\": [3], \"chunks\": [3], \"dtype\": \"<i4\", \"compressor\": null,"
                        + " \"filters\": null, \"order\": \"C\", \"fill_value\": 0}");

        refused(image, "OME-Zarr image");
        refused(array, "single array");
    }

    @Test
    void aTextIsRefused() throws IOException {
        refused(Files.writeString(folder.resolve("cells.csv"), "cell,gene\n"), "HDF5");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        refused(Files.createFile(folder.resolve("empty.h5ad")), "empty");
    }

    @Test
    void aMissingFileIsRefused() {
        refused(folder.resolve("absent.h5ad"), "no such file");
    }

    @Test
    void foldersAreRefusedByWhatTheyLookLike() throws IOException {
        Path zarr = Files.createDirectory(folder.resolve("store.zarr"));
        Files.writeString(zarr.resolve("zarr.json"), "{\"zarr_format\": 3}");
        Path soma = Files.createDirectory(folder.resolve("soma"));
        Files.createDirectory(soma.resolve("__group"));
        Path plain = Files.createDirectory(folder.resolve("plain"));

        refused(zarr, "node_type");
        refused(soma, "SOMA experiment", "no SOMA object");
        refused(plain, "found a folder", ".h5ad");
    }

    private static void refused(Path input, String... words) {
        assertThatThrownBy(() -> CellDatasets.open(input))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining(input.toString())
                .hasMessageContainingAll(words)
                .satisfies(
                        refusal -> assertThat(((InputRefused) refusal).remedy()).isNotBlank());
    }
}
