package io.cellferry.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What other people's software wrote twice, once as HDF5 and once as Zarr, holds the same; so does a store that is a
/// folder instead of a zip file.
class ZarrTwinTest {

    private static final Path CORPUS = Path.of("src/test/resources/corpus/h5ad");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"anndata/v0.7.0", "anndata/v0.7.8", "anndata/v0.11.4"})
    void aStoreHoldsWhatItsTwinHolds(String name) throws IOException {
        List<String> file = listing(CORPUS.resolve(name + ".h5ad"));
        Path zip = CORPUS.resolve(name + ".zarr.zip");

        assertThat(listing(zip)).isEqualTo(file);
        assertThat(listing(extracted(zip))).isEqualTo(file);
    }

    /// Version 3 with shards, as zarr-python 3 writes it, against the same cells in a file of anndata 0.5.
    @Test
    void aShardedStoreHoldsTheMatrixOfTheOldFile() throws IOException {
        Path zip = CORPUS.resolve("scanpy/10x_pbmc68k_reduced.zarr.zip");
        List<String> store = listing(zip);
        List<String> old = listing(CORPUS.resolve("anndata/v0.5.0.h5ad"));

        assertThat(store).contains(line(old, "matrix\tX\t"), line(old, "obs\tlouvain\t"), line(old, "names\tX\t"));
        assertThat(line(store, "matrix\tlayers/counts\t")).contains("stored=174400", "sum=486651.0");
        assertThat(listing(extracted(zip))).isEqualTo(store);
    }

    private static String line(List<String> listing, String start) {
        return listing.stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line %s in %s".formatted(start, listing)));
    }

    private static List<String> listing(Path path) {
        try (Opened opened = Opened.at(path)) {
            return DatasetListing.of(opened);
        }
    }

    private Path extracted(Path zip) throws IOException {
        Path store = folder.resolve("store.zarr");
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                Path target = store.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(target.getParent());
                    // The last of several entries counts, and getEntry returns that one.
                    Files.write(
                            target,
                            file.getInputStream(file.getEntry(entry.getName())).readAllBytes());
                }
            }
        }
        return store;
    }
}
