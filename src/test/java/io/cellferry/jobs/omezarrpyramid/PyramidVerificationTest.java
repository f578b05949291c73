package io.cellferry.jobs.omezarrpyramid;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.failure.Problem;
import io.cellferry.jobs.CheckDepth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is written is found sound, and whatever is changed afterwards, in the store or in the scans, is found.
class PyramidVerificationTest {

    private PyramidRuns runs;
    private Path scans;
    private Path output;
    private Path image;

    @BeforeEach
    void writeOneImage() throws IOException {
        runs = new PyramidRuns();
        scans = runs.scans("scans", "R000");
        // Uncompressed, so that a byte of a file is a pixel.
        output = runs.pyramid(scans, "output", Map.of("codec", "none", "chunk-size", "64", "levels", "3"));
        image = output.resolve("R000.zarr");
        assertThat(PyramidRuns.verified(output, scans)).isEmpty();
    }

    @AfterEach
    void removeIt() throws IOException {
        runs.close();
    }

    @Test
    void filesThatExchangedTheirNamesAreFound() throws IOException {
        Path dapi = scans.resolve(PyramidRuns.dapi("R000"));
        Path cy3 = scans.resolve(PyramidRuns.cy3("R000"));
        Path aside = runs.place("aside.ome.tif");
        Files.move(dapi, aside);
        Files.move(cy3, dapi);
        Files.move(aside, cy3, StandardCopyOption.REPLACE_EXISTING);

        assertThat(PyramidRuns.verified(output, scans)).containsExactly("image.differs");
    }

    @Test
    void anotherPixelOfTheFullLevelIsFound() throws IOException {
        change(image.resolve("0/1/1/2"), 5);

        assertThat(PyramidRuns.verified(output, scans)).containsExactly("image.differs");
    }

    /// The chunk begins at row 64 and column 128.
    @Test
    void whatDiffersIsNamedByLevelLabelAndPlace() throws IOException {
        change(image.resolve("0/1/1/2"), 5);

        assertThat(PyramidRuns.JOB.verify(output, Optional.of(scans), new CheckDepth.Full()))
                .filteredOn(problem -> problem.found().contains(PyramidRuns.cy3("R000")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).endsWith("R000.zarr, level 0");
                    assertThat(problem.found()).startsWith("channel 1 (Cy3_CD3), row 64, column 133 is not what ");
                });
    }

    @Test
    void anotherPixelOfASmallLevelIsFound() throws IOException {
        change(image.resolve("2/0/0/0"), 5);

        assertThat(PyramidRuns.verified(output, scans)).containsExactly("image.differs");
    }

    private static void change(Path chunk, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(chunk);
        // 2⁶ is more than any rounding.
        bytes[at] ^= 1 << 6;
        Files.write(chunk, bytes);
    }

    @Test
    void aLabelThatIsNotThatOfTheOmeXmlIsFound() throws IOException {
        replace(image.resolve(".zattrs"), "\"Cy3_CD3\"", "\"Cy3_CD4\"");
        assertThat(PyramidRuns.verified(output, scans)).containsExactly("image.metadata", "image.ome-xml");

        replace(image.resolve(".zmetadata"), "\"Cy3_CD3\"", "\"Cy3_CD4\"");
        assertThat(PyramidRuns.verified(output, scans)).containsExactly("image.ome-xml");
    }

    @Test
    void aChunkThatIsGoneIsFound() throws IOException {
        Files.delete(image.resolve("0/0/0/1"));

        assertThat(PyramidRuns.verified(output, scans)).containsExactly("image.differs");
    }

    @Test
    void aScaleOfZeroIsFound() throws IOException {
        for (String document : new String[] {".zattrs", ".zmetadata"}) {
            Path file = image.resolve(document);
            String text = Files.readString(file);
            String changed = text.replaceFirst("(?<before>\"scale\"\\s*:\\s*\\[\\s*)1\\.0", "${before}0.0");
            assertThat(changed).isNotEqualTo(text);
            Files.writeString(file, changed);
        }

        assertThat(PyramidRuns.verified(output, scans)).containsExactly("image.scale");
    }

    @Test
    void damageOfOneImageDoesNotHideThatOfAnother() throws IOException {
        Path both = runs.scans("both", "R000", "R001");
        Path images = runs.pyramid(both, "images", Map.of("codec", "none", "chunk-size", "64", "levels", "2"));
        Files.writeString(images.resolve("R000.zarr/.zgroup"), "{}");
        change(images.resolve("R001.zarr/0/0/0/0"), 5);

        assertThat(places(images, both)).contains("R000.zarr", "R001.zarr");
    }

    @Test
    void anImageWhoseRootIsDamagedIsNotPassedOver() throws IOException {
        Path both = runs.scans("two", "R000", "R001");
        Path images = runs.pyramid(both, "rootless", Map.of("codec", "none", "chunk-size", "64", "levels", "2"));
        Files.writeString(images.resolve("R001.zarr/.zattrs"), "{\"multiscales\": [");
        Files.writeString(images.resolve("R001.zarr/.zmetadata"), "{\"metadata\": [");

        assertThat(places(images, both)).isNotEmpty().containsOnly("R001.zarr");
    }

    /// The folders of the images in which something is wrong.
    private static List<String> places(Path images, Path scans) {
        return PyramidRuns.JOB.verify(images, Optional.of(scans), new CheckDepth.Full()).stream()
                .filter(Problem::refuses)
                .map(problem -> Path.of(problem.where().replaceFirst("(\\.zarr).*", "$1"))
                        .getFileName()
                        .toString())
                .toList();
    }

    private static void replace(Path file, String old, String replacement) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, replacement));
    }
}
