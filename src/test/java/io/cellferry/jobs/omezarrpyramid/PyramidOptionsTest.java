package io.cellferry.jobs.omezarrpyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.celldive.TinyScan;
import io.cellferry.failure.RequestRefused;
import io.cellferry.omezarr.PyramidMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Every option acts: what is asked for is seen in the output.
class PyramidOptionsTest {

    private static PyramidRuns runs;
    private static Path scans;

    @BeforeAll
    static void startTheFramework() throws IOException {
        runs = new PyramidRuns();
        scans = runs.scans("scans", "R000", "R001");
    }

    @AfterAll
    static void endTheFramework() throws IOException {
        runs.close();
    }

    @Test
    void theChunkSizeIsThatOfEveryLevel() throws IOException {
        Path output = runs.pyramid(scans, "chunks", Map.of("chunk-size", "128", "levels", "3"));

        for (String level : new String[] {"0", "1", "2"}) {
            assertThat(PyramidRuns.json(output.resolve("R000.zarr/%s/.zarray".formatted(level)))
                            .path("chunks")
                            .toString())
                    .isEqualTo("[1,128,128]");
        }
    }

    @Test
    void automaticChunksAreNoLargerThanTheImageNeeds() throws IOException {
        // 150 pixels wide: the next power of two.
        assertThat(PyramidRuns.json(runs.pyramid(scans, "auto", Map.of()).resolve("R000.zarr/0/.zarray"))
                        .path("chunks")
                        .toString())
                .isEqualTo("[1,256,256]");
    }

    /// Always inside Blosc, because not every viewer knows the bare codecs.
    @ParameterizedTest
    @CsvSource({"blosc, lz4", "lz4, lz4", "zstd, zstd"})
    void theCodecIsTheOneAskedFor(String codec, String inside) throws IOException {
        Path output = runs.pyramid(scans, "codec-" + codec, Map.of("codec", codec));

        JsonNode compressor =
                PyramidRuns.json(output.resolve("R000.zarr/0/.zarray")).path("compressor");
        assertThat(compressor.path("id").asString("")).isEqualTo("blosc");
        assertThat(compressor.path("cname").asString("")).isEqualTo(inside);
    }

    @Test
    void withoutCodecPixelsLieThereAsTheyAre() throws IOException {
        Path output = runs.pyramid(scans, "codec-none", Map.of("codec", "none", "chunk-size", "64"));

        assertThat(PyramidRuns.json(output.resolve("R000.zarr/0/.zarray"))
                        .path("compressor")
                        .isNull())
                .isTrue();
        assertThat(output.resolve("R000.zarr/0/0/0/0")).hasSize(64 * 64);
    }

    @ParameterizedTest
    @CsvSource({"1", "9"})
    void theLevelOfTheCodecIsWritten(int level) throws IOException {
        Path output = runs.pyramid(scans, "level-" + level, Map.of("level", Integer.toString(level)));

        assertThat(PyramidRuns.json(output.resolve("R000.zarr/0/.zarray"))
                        .path("compressor")
                        .path("clevel")
                        .asInt())
                .isEqualTo(level);
    }

    @Test
    void thereAreAsManyLevelsAsAskedForAndNoneThatRepeatsOnePixel() throws IOException {
        assertThat(levels(runs.pyramid(scans, "levels-2", Map.of("levels", "2"))))
                .isEqualTo(2);
        // 150, 75, 38, 19, 10, 5, 3, 2, 1.
        assertThat(levels(runs.pyramid(scans, "levels-30", Map.of("levels", "30"))))
                .isEqualTo(9);
    }

    private static int levels(Path output) throws IOException {
        return PyramidRuns.json(output.resolve("R000.zarr/.zattrs"))
                .at("/multiscales/0/datasets")
                .size();
    }

    /// The files say 20.
    @Test
    void theMagnificationIsTheOneAskedForWhateverTheFilesSay() throws IOException {
        assertThat(described(runs.pyramid(scans, "twenty", Map.of()))).contains("NominalMagnification=\"20\"");
        assertThat(described(runs.pyramid(scans, "forty", Map.of("magnification", "40"))))
                .contains("NominalMagnification=\"40\"")
                .doesNotContain("NominalMagnification=\"20\"");
        assertThat(described(runs.pyramid(scans, "zero", Map.of("magnification", "0"))))
                .doesNotContain("NominalMagnification");
    }

    private static String described(Path output) throws IOException {
        return Files.readString(output.resolve("R000.zarr").resolve(PyramidMetadata.OME_FILE));
    }

    @Test
    void thePrefixStandsBeforeTheRegion() {
        Path output = runs.pyramid(scans, "prefixed", Map.of("prefix", "Slide 7"));

        assertThat(output.toFile().list()).containsExactlyInAnyOrder("Slide 7_R000.zarr", "Slide 7_R001.zarr");
    }

    @Test
    void onlyTheRegionsAskedForAreConverted() {
        assertThat(runs.pyramid(scans, "one-region", Map.of("regions", "r001"))
                        .toFile()
                        .list())
                .containsExactly("R001.zarr");
    }

    /// The corner holds 1, 2, 3 and 8.
    @ParameterizedTest
    @CsvSource({"mean, 4", "nearest, 1", "max, 8"})
    void fourPixelsBecomeOneAsAskedFor(String downsample, int expected) throws IOException {
        Path output = runs.pyramid(
                scans, "by-" + downsample, Map.of("downsample", downsample, "codec", "none", "chunk-size", "64"));

        assertThat(Files.readAllBytes(output.resolve("R000.zarr/1/0/0/0"))[0]).isEqualTo((byte) expected);
        assertThat(PyramidRuns.json(output.resolve("R000.zarr/.zattrs"))
                        .at("/multiscales/0/type")
                        .asString(""))
                .isEqualTo(downsample);
    }

    @Test
    void version05HasShardsUnlessTheyAreNotWanted() throws IOException {
        Map<String, String> small = Map.of("ngff", "0.5", "chunk-size", "64");
        Path sharded = runs.pyramid(scans, "sharded", small);
        Path single = runs.pyramid(scans, "unsharded", Map.of("ngff", "0.5", "chunk-size", "64", "shards", "none"));

        JsonNode root = PyramidRuns.json(sharded.resolve("R000.zarr/zarr.json"));
        assertThat(root.at("/attributes/ome/version").asString("")).isEqualTo("0.5");
        assertThat(codec(sharded)).isEqualTo("sharding_indexed");
        assertThat(codec(single)).isNotEqualTo("sharding_indexed");
        assertThat(PyramidRuns.json(single.resolve("R000.zarr/0/zarr.json"))
                        .at("/chunk_grid/configuration/chunk_shape")
                        .toString())
                .isEqualTo("[1,64,64]");
        assertThat(PyramidRuns.verified(sharded, scans)).isEmpty();
        assertThat(PyramidRuns.verified(single, scans)).isEmpty();
    }

    private static String codec(Path output) throws IOException {
        return PyramidRuns.json(output.resolve("R000.zarr/0/zarr.json"))
                .at("/codecs/0/name")
                .asString("");
    }

    @Test
    void aPresetActsAndWhatIsSaidBeatsItEvenWhenItIsTheUsual() throws IOException {
        JsonNode preset = PyramidRuns.json(
                runs.pyramid(scans, "preset", Map.of("preset", "small")).resolve("R000.zarr/0/.zarray"));
        JsonNode said = PyramidRuns.json(
                runs.pyramid(scans, "said", Map.of("preset", "small", "codec", "blosc", "level", "5", "levels", "2"))
                        .resolve("R000.zarr/0/.zarray"));

        assertThat(preset.at("/compressor/cname").asString("")).isEqualTo("zstd");
        assertThat(preset.at("/compressor/clevel").asInt()).isEqualTo(9);
        assertThat(preset.path("chunks").toString()).isEqualTo("[1,512,512]");
        // blosc and 5 are what nobody has to say, and still they win.
        assertThat(said.at("/compressor/cname").asString("")).isEqualTo("lz4");
        assertThat(said.at("/compressor/clevel").asInt()).isEqualTo(5);
        assertThat(said.path("chunks").toString()).isEqualTo("[1,512,512]");
        assertThat(levels(runs.place("said"))).isEqualTo(2);
    }

    @Test
    void aPixelSizeIsTakenForFilesThatSayNone() throws IOException {
        Path silent = runs.scans("silent");
        TinyScan unsized = TinyScan.SOUND.saying(" PhysicalSizeX=\"0.325\" PhysicalSizeY=\"0.325\"", "");
        PyramidRuns.scan(silent.resolve(PyramidRuns.dapi("R000")), unsized, 1);

        JsonNode scale = PyramidRuns.json(runs.pyramid(silent, "sized", Map.of("pixel-size", "0.5x0.25"))
                        .resolve("R000.zarr/.zattrs"))
                .at("/multiscales/0/datasets/0/coordinateTransformations/0/scale");

        assertThat(scale.toString()).isEqualTo("[1.0,0.25,0.5]");
        assertThat(described(runs.place("sized")))
                .contains("PhysicalSizeX=\"0.5\"")
                .contains("PhysicalSizeY=\"0.25\"");
    }

    @ParameterizedTest
    @CsvSource({"pixel-size, 1e-60", "pixel-size, 0.3x1e40", "magnification, 1e-60"})
    void whatOmeXmlCannotHoldIsRefusedBeforeAnythingBegins(String option, String said) {
        assertThatThrownBy(() -> PyramidRuns.JOB.check(
                        PyramidRuns.request(runs.place("any"), runs.place("none"), Map.of(option, said))
                                .request()))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContainingAll("Option " + option, said);
    }

    /// `R000.zarr` behind it would still fit; a region of `--names` may have 64 letters.
    @Test
    void aPrefixThatMakesNoNameOfAFolderIsRefusedBeforeAnythingBegins() {
        assertThatThrownBy(() -> check("prefix", "é".repeat(93)))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("Option prefix must have at most 185 bytes as UTF-8, not 186.");
        check("prefix", "é".repeat(92));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", " ", " , ,"})
    void regionsThatNameNoneAreNotAllOfThem(String said) {
        assertThatThrownBy(() -> check("regions", said))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("Option regions must name regions, not \"%s\".".formatted(said));
    }

    private static void check(String option, String said) {
        PyramidRuns.JOB.check(PyramidRuns.request(runs.place("any"), runs.place("none"), Map.of(option, said))
                .request());
    }

    /// Nothing of these names is of the usual grammar; the table makes them readable; the manifest remembers both.
    @Test
    void ownNamesAndATableOfChannelsMakeAnImage() throws IOException {
        Path own = runs.scans("own");
        PyramidRuns.scan(own.resolve("B2.c1.dapi.tif"), TinyScan.SOUND, 1);
        PyramidRuns.scan(own.resolve("B2.c2.CD3.tif"), TinyScan.SOUND, 2);
        Path table = runs.place("channels.csv");
        Files.writeString(table, "file,name,colour\nB2.c2.CD3.tif,T cells,00FF80\n");
        Map<String, String> options =
                Map.of("names", "(?<region>[A-Z]\\d)\\.c(?<round>\\d+)\\.(?<marker>.+)", "channels", table.toString());

        Path output = runs.pyramid(own, "own-output", options);

        JsonNode channels = PyramidRuns.json(output.resolve("B2.zarr/.zattrs")).at("/omero/channels");
        assertThat(channels.at("/0/label").asString("")).isEqualTo("dapi");
        assertThat(channels.at("/1/label").asString("")).isEqualTo("T cells");
        assertThat(channels.at("/1/color").asString("")).isEqualTo("00FF80");
        assertThat(PyramidRuns.verified(output, own)).isEmpty();
        assertThat(PyramidRuns.JOB
                        .plan(
                                PyramidRuns.request(own, runs.place("own-plan"), options)
                                        .request(),
                                PyramidRuns.ROOM)
                        .sheet()
                        .tables()
                        .getFirst()
                        .rows())
                .anySatisfy(row -> assertThat(row)
                        .containsExactly("  T cells", "B2.c2.CD3.tif, colour 00FF80, exposure 100.0 ms"));

        Files.writeString(table, "file,name,colour\nB2.c2.CD3.tif,T cells,0000FF\n");
        assertThat(runs.refusal(own, output, options))
                .as("another table is another request")
                .hasMessageContaining("another request");
    }
}
