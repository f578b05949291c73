package io.cellferry.celldive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.cellferry.failure.Problem;
import io.cellferry.failure.Problem.Severity;
import io.cellferry.image.PixelSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the pixel size of a region comes from: OME-XML, then the person who asks, then the TIFF, and never from
/// nowhere.
class PixelSizesTest {

    private static final String DAPI = "KK_1.0.4_R000_DAPI_FINAL_F.ome.tif";
    private static final String CY3 = "KK_1.0.4_R000_Cy3_iba1_FINAL_F.ome.tif";

    /// Describes everything but the pixel size.
    private static final TinyScan SILENT = TinyScan.SOUND.saying("PhysicalSizeX=\"0.325\" PhysicalSizeY=\"0.325\"", "");

    @TempDir
    Path folder;

    private ScanFolder read() {
        return ScanFolder.read(folder, ScanRules.NONE);
    }

    private ScanFolder readSaying(double micrometres) {
        return ScanFolder.read(folder, new ScanRules(Optional.of(new PixelSize(micrometres, micrometres))));
    }

    private void write(String name, TinyScan scan) throws IOException {
        scan.write(folder.resolve(name));
    }

    private static Problem only(ScanFolder scans) {
        assertThat(scans.problemsOf("R000")).hasSize(1);
        return scans.problemsOf("R000").getFirst();
    }

    private static double size(ScanFolder scans) {
        return scans.regions().getFirst().pixelSize().orElseThrow().x();
    }

    @Test
    void aMissingSizeIsAskedFor() throws IOException {
        write(DAPI, SILENT);
        write(CY3, SILENT);

        ScanFolder scans = read();

        assertThat(scans.regions()).isEmpty();
        assertThat(only(scans)).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("scans.pixel-size.missing");
            assertThat(problem.refuses()).isTrue();
            assertThat(problem.found())
                    .isEqualTo("a pixel size was expected in every file, found none in %s and 1 more.".formatted(DAPI));
            assertThat(problem.remedy()).isEqualTo("Say it with --pixel-size, in micrometres.");
        });
    }

    @Test
    void aSizeThatOneFileLacksIsNotTakenFromTheOthersButTold() throws IOException {
        write(DAPI, TinyScan.SOUND);
        write(CY3, SILENT);

        assertThat(only(read())).satisfies(problem -> {
            assertThat(problem.found()).endsWith("found none in " + CY3 + ".");
            assertThat(problem.remedy()).endsWith("other files of the region say 0.325 µm.");
        });
    }

    @Test
    void whatThePersonSaysIsTakenWhereTheFilesAreSilent() throws IOException {
        write(DAPI, SILENT);
        write(CY3, TinyScan.SOUND);

        assertThat(readSaying(0.325).problemsOf("R000")).isEmpty();
        assertThat(only(readSaying(0.5)).code()).isEqualTo("scans.region.pixel-size");

        write(DAPI, TinyScan.SOUND);
        write(CY3, SILENT);
        assertThat(only(readSaying(0.5)).code()).isEqualTo("scans.region.pixel-size");
    }

    @Test
    void whatThePersonSaysBeatsTheTiffWithAWarning() throws IOException {
        write(DAPI, SILENT.resolution(0.65));

        ScanFolder scans = readSaying(0.325);

        assertThat(size(scans)).isEqualTo(0.325);
        assertThat(only(scans)).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("scans.pixel-size.contradiction");
            assertThat(problem.found()).endsWith("0.325 µm and not 0.65 µm in " + DAPI + ".");
        });
    }

    @Test
    void whatThePersonSaysIsNotTakenInPlaceOfOmeXmlAndThatIsSaid() throws IOException {
        write(DAPI, TinyScan.SOUND);

        ScanFolder scans = readSaying(0.5);

        assertThat(size(scans)).isEqualTo(0.325);
        assertThat(only(scans)).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("scans.pixel-size.unused");
            assertThat(problem.severity()).isEqualTo(Severity.WARNING);
            assertThat(problem.found())
                    .isEqualTo("--pixel-size says 0.5 µm and is not used: the files say 0.325 µm in " + DAPI + ".");
        });
        assertThat(readSaying(0.325).problemsOf("R000")).isEmpty();
    }

    @Test
    void omeXmlBeatsTheTiffWithAWarningIfTheyDiffer() throws IOException {
        write(DAPI, TinyScan.SOUND.resolution(0.326));
        assertThat(read().problemsOf("R000")).isEmpty();

        write(DAPI, TinyScan.SOUND.resolution(0.5));
        assertThat(size(read())).isEqualTo(0.325);
        assertThat(only(read()).code()).isEqualTo("scans.pixel-size.contradiction");
        assertThat(only(read()).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void theTiffIsTakenWithANoteWhereNothingElseSaysASize() throws IOException {
        write(DAPI, SILENT.resolution(0.325));

        ScanFolder scans = read();

        assertThat(size(scans)).isCloseTo(0.325, offset(1e-7));
        assertThat(only(scans)).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("scans.pixel-size.tiff");
            assertThat(problem.severity()).isEqualTo(Severity.NOTE);
            assertThat(problem.found()).contains(DAPI, "0.325 µm");
        });
    }

    /// 72 dots per inch are 352.8 µm.
    @Test
    void theResolutionOfAScreenIsNoPixelSize() throws IOException {
        write(DAPI, SILENT.resolution(25_400.0 / 72));
        assertThat(only(read())).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("scans.pixel-size.missing");
            assertThat(problem.found()).contains("its TIFF resolution, 352.7", "screen or printer");
        });

        write(DAPI, TinyScan.SOUND.resolution(25_400.0 / 72));
        assertThat(read().problemsOf("R000")).isEmpty();
    }
}
