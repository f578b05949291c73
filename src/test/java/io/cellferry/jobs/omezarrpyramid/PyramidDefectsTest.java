package io.cellferry.jobs.omezarrpyramid;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.celldive.TinyScan;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RequestRefused;
import io.cellferry.omezarr.PyramidMetadata;
import io.cellferry.restart.FolderContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The 16 defects of the pipeline we stand in for, as far as they are seen in its output.
///
/// Where each of them is tested: 1, 10, 11, 15, 16 in `celldive.ScanDefectsTest`; 2 to 7, 13 here; 8, 9 and 12 here and
/// in `omexml.MetadataDefectsTest` (what files say), 8 and 12 also in `celldive.ScanDefectsTest` (what a region says);
/// 13 also in `restart.PyramidCrashTest` (a crash leaves nothing that looks whole); 14 in `restart.HugePlaneTest`.
class PyramidDefectsTest {

    private static PyramidRuns runs;
    private static Path scans;

    @BeforeAll
    static void startTheFramework() throws IOException {
        runs = new PyramidRuns();
        scans = runs.scans("scans");
        PyramidRuns.scan(scans.resolve(PyramidRuns.dapi("R000")), TinyScan.SOUND, 1);
        PyramidRuns.scan(
                scans.resolve(PyramidRuns.cy3("R000")),
                TinyScan.SOUND
                        .saying("ExposureTime=\"100\"", "ExposureTime=\"250\"")
                        .saying("Power=\"40\"", "Power=\"75\""),
                2);
    }

    @AfterAll
    static void endTheFramework() throws IOException {
        runs.close();
    }

    private static JsonNode root(Path output) throws IOException {
        return PyramidRuns.json(output.resolve("R000.zarr/.zattrs"));
    }

    private static JsonNode array(Path output, int level) throws IOException {
        return PyramidRuns.json(output.resolve("R000.zarr/%d/.zarray".formatted(level)));
    }

    private static String described(Path output) throws IOException {
        return Files.readString(output.resolve("R000.zarr").resolve(PyramidMetadata.OME_FILE));
    }

    @Test
    void defect02ChunkSizeCodecAndLevelReachTheArrays() throws IOException {
        Path output = runs.pyramid(scans, "defect02", Map.of("chunk-size", "64", "codec", "zstd", "level", "2"));

        for (int level = 0; level < 5; level++) {
            JsonNode array = array(output, level);
            assertThat(array.path("chunks").toString()).isEqualTo("[1,64,64]");
            assertThat(array.at("/compressor/cname").asString("")).isEqualTo("zstd");
            assertThat(array.at("/compressor/clevel").asInt()).isEqualTo(2);
        }
    }

    @Test
    void defect03APresetNeverBeatsWhatIsSaid() throws IOException {
        Path output = runs.pyramid(scans, "defect03", Map.of("preset", "network", "codec", "blosc"));

        assertThat(array(output, 0).at("/compressor/cname").asString("")).isEqualTo("lz4");
    }

    @Test
    void defect04ManyLevelsAreAllDifferent() throws IOException {
        Path output = runs.pyramid(scans, "defect04", Map.of("preset", "qupath"));

        // 150 x 70 halved five times; the original stored two levels twelve times smaller.
        String[] shapes = {"[2,70,150]", "[2,35,75]", "[2,18,38]", "[2,9,19]", "[2,5,10]", "[2,3,5]"};
        assertThat(root(output).at("/multiscales/0/datasets").size()).isEqualTo(shapes.length);
        for (int level = 0; level < shapes.length; level++) {
            assertThat(array(output, level).path("shape").toString()).isEqualTo(shapes[level]);
        }
    }

    @Test
    void defect05LevelsHalveExactlyAndSayWhereTheyLie() throws IOException {
        Path output = runs.pyramid(scans, "defect05", Map.of("pixel-size", "0.325"));

        JsonNode datasets = root(output).at("/multiscales/0/datasets");
        assertThat(datasets.at("/4/coordinateTransformations/0/scale").toString())
                .isEqualTo("[1.0,5.2,5.2]");
        // A pixel of level 4 is made of 16 x 16: its centre is 7.5 pixels of 0.325 from that of the first.
        assertThat(datasets.at("/4/coordinateTransformations/1/translation").toString())
                .isEqualTo("[0.0,2.4375,2.4375]");
    }

    @Test
    void defect06EveryScaleCanBeInverted() throws IOException {
        for (JsonNode dataset : root(runs.pyramid(scans, "defect06", Map.of())).at("/multiscales/0/datasets")) {
            for (JsonNode number : dataset.at("/coordinateTransformations/0/scale")) {
                assertThat(number.asDouble()).isPositive();
            }
            assertThat(dataset.at("/coordinateTransformations/0/scale/0").asDouble())
                    .isEqualTo(1);
        }
    }

    /// A third of the pixels is 5,000, the others 2,000: 255 would show all of them white.
    @Test
    void defect07WindowsAreThoseOfThePixels() throws IOException {
        Path deep = runs.scans("deep");
        byte[] pixels = new byte[12 * 10 * 2];
        for (int at = 0; at < pixels.length; at += 2) {
            int value = at % 6 == 0 ? 5000 : 2000;
            pixels[at] = (byte) value;
            pixels[at + 1] = (byte) (value >> 8);
        }
        TinyScan.SOUND.write(deep.resolve(PyramidRuns.dapi("R000")), pixels);

        JsonNode window = root(runs.pyramid(deep, "defect07", Map.of())).at("/omero/channels/0/window");

        assertThat(window.path("start").asDouble()).isEqualTo(2000);
        assertThat(window.path("end").asDouble()).isEqualTo(5000);
    }

    @Test
    void defect08ExposureAndLightOfEveryFileAreKept() throws IOException {
        assertThat(described(runs.pyramid(scans, "defect08", Map.of())))
                .containsPattern("TheC=\"0\"[^>]*ExposureTime=\"100\"|ExposureTime=\"100\"[^>]*TheC=\"0\"")
                .containsPattern("TheC=\"1\"[^>]*ExposureTime=\"250\"|ExposureTime=\"250\"[^>]*TheC=\"1\"")
                .contains("Power=\"40\"")
                .contains("Power=\"75\"")
                .contains("MetadataOnly")
                .doesNotContain("TiffData");
    }

    @Test
    void defect09TheMagnificationAskedForIsWritten() throws IOException {
        assertThat(described(runs.pyramid(scans, "defect09", Map.of("magnification", "63"))))
                .contains("NominalMagnification=\"63\"")
                .doesNotContain("NominalMagnification=\"20\"");
    }

    @Test
    void defect12AMissingPixelSizeIsNotMadeUp() throws IOException {
        Path silent = runs.scans("silent");
        PyramidRuns.scan(
                silent.resolve(PyramidRuns.dapi("R000")),
                TinyScan.SOUND.saying(" PhysicalSizeX=\"0.325\" PhysicalSizeY=\"0.325\"", ""),
                1);

        assertThat(runs.refusal(silent, runs.place("defect12"), Map.of()))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("a pixel size was expected")
                .hasMessageContaining(PyramidRuns.dapi("R000"));
        assertThat(runs.place("defect12")).doesNotExist();
    }

    @Test
    void defect13AnOutputThatExistsIsNotOverwritten() throws IOException {
        Path output = runs.pyramid(scans, "defect13", Map.of());
        Map<String, String> before = FolderContents.of(output);

        assertThat(runs.refusal(scans, output, Map.of("levels", "2")))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("another request");
        assertThat(FolderContents.of(output)).isEqualTo(before);
    }
}
