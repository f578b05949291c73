package io.cellferry.celldive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cellferry.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the original pipeline does to names and groups without a word, one test a defect.
class ScanDefectsTest {

    @TempDir
    Path folder;

    private ScanFolder read() {
        return ScanFolder.read(folder, ScanRules.NONE);
    }

    private ScanRegion region() {
        List<ScanRegion> regions = read().regions();
        assertThat(regions).hasSize(1);
        return regions.getFirst();
    }

    private void write(String... names) throws IOException {
        for (String name : names) {
            TinyScan.SOUND.write(folder.resolve(name));
        }
    }

    /// Defect 1: files sorted by path were paired with labels sorted by text. Across a year end, and with a
    /// lower-case dapi, these orders differ.
    @Test
    void labelsStayWithTheirFiles() throws IOException {
        write(
                "KK_01052026_S2_2.0.4_R000_Cy3_CD4_FINAL_AFR_F.ome.tif",
                "KK_01052026_S2_2.0.4_R000_dapi_FINAL_F.ome.tif",
                "KK_12012025_S2_1.0.4_R000_Cy5_CD8_FINAL_AFR_F.ome.tif",
                "KK_12012025_S2_1.0.4_R000_DAPI_FINAL_F.ome.tif");

        assertThat(region().channels())
                .extracting(
                        ScanChannel::label,
                        channel -> channel.file().getFileName().toString())
                .containsExactly(
                        tuple("1.0.4_DAPI", "KK_12012025_S2_1.0.4_R000_DAPI_FINAL_F.ome.tif"),
                        tuple("1.0.4_Cy5_CD8", "KK_12012025_S2_1.0.4_R000_Cy5_CD8_FINAL_AFR_F.ome.tif"),
                        tuple("2.0.4_DAPI", "KK_01052026_S2_2.0.4_R000_dapi_FINAL_F.ome.tif"),
                        tuple("2.0.4_Cy3_CD4", "KK_01052026_S2_2.0.4_R000_Cy3_CD4_FINAL_AFR_F.ome.tif"));
    }

    /// Defect 8, as far as it is ours: exposures of all files but the first were lost.
    @Test
    void everyChannelKeepsTheExposureOfItsFile() throws IOException {
        for (int round = 1; round <= 3; round++) {
            TinyScan.SOUND
                    .saying("ExposureTime=\"100\"", "ExposureTime=\"%d\"".formatted(100 * round))
                    .write(folder.resolve("KK_%d.0.4_R000_DAPI_FINAL_F.ome.tif".formatted(round)));
        }

        assertThat(region().channels())
                .extracting(channel -> channel.taken().exposureMilliseconds().orElseThrow())
                .containsExactly(100.0, 200.0, 300.0);
    }

    /// Defect 10: the last R and three digits anywhere in the name were the region.
    @Test
    void aMarkerNeverTakesAFileToAnotherRegion() throws IOException {
        write(
                "KK_1.0.4_R000_Cy3_PR123_FINAL_AFR_F.ome.tif",
                "KK_1.0.4_R000_Cy5_R456_FINAL_AFR_R789.ome.tif",
                "KK_1.0.4_r000_DAPI_FINAL_F.ome.tif");
        assertThat(region().id()).isEqualTo("R000");
        assertThat(region().channels()).extracting(ScanChannel::marker).containsExactly("", "PR123", "R456");

        write("KK_1.0.4_R0001_Cy7_a_FINAL_F.ome.tif");
        assertThat(region().channels()).hasSize(3);
        assertThat(read().problems())
                .extracting(Problem::code, Problem::where)
                .containsExactly(tuple("scans.name.region", "KK_1.0.4_R0001_Cy7_a_FINAL_F.ome.tif"));
    }

    /// Defect 11: a file that was grouped but had no label failed its region, or the whole run.
    @Test
    void aNameThatBreaksARuleHarmsNoOtherFile() throws IOException {
        write(
                "KK_1.0.4_R000_DAPI_FINAL_F.ome.tif",
                "KK_1.0.4_R001_DAPI_FINAL_F.ome.tif",
                "KK_R000_overview_FINAL_F.ome.tif",
                "KK_R002_overview_FINAL_F.ome.tif");

        assertThat(read().regions()).extracting(ScanRegion::id).containsExactly("R000", "R001");
        assertThat(read().problems())
                .extracting(Problem::severity, Problem::where)
                .containsExactly(
                        tuple(Problem.Severity.WARNING, "KK_R000_overview_FINAL_F.ome.tif"),
                        tuple(Problem.Severity.WARNING, "KK_R002_overview_FINAL_F.ome.tif"));
    }

    /// Defect 12: a missing pixel size became 1 µm, and nobody compared the files of a region.
    @Test
    void noPixelSizeIsMadeUpAndFilesOfARegionAreCompared() throws IOException {
        write("KK_1.0.4_R001_DAPI_FINAL_F.ome.tif", "KK_1.0.4_R002_DAPI_FINAL_F.ome.tif");
        TinyScan.SOUND
                .saying("PhysicalSizeX=\"0.325\" PhysicalSizeY=\"0.325\"", "")
                .write(folder.resolve("KK_1.0.4_R000_DAPI_FINAL_F.ome.tif"));
        TinyScan.SOUND.size(12, 9).write(folder.resolve("KK_1.0.4_R001_Cy3_a_FINAL_F.ome.tif"));
        TinyScan.SOUND.type("uint8").write(folder.resolve("KK_1.0.4_R002_Cy3_a_FINAL_F.ome.tif"));

        ScanFolder scans = read();

        assertThat(scans.regions()).isEmpty();
        assertThat(scans.regionProblems().values().stream().flatMap(List::stream))
                .extracting(Problem::code)
                .containsExactly("scans.pixel-size.missing", "scans.region.size", "scans.region.type");
    }

    /// Defect 15: of several scenes, depths and times the first was read, and other endings were not found.
    @Test
    void severalPlanesAreRefusedByWhatThereIs() throws IOException {
        Path file = folder.resolve("KK_1.0.4_R000_DAPI_FINAL_F.ome.tif");
        String image = TinyScan.xml()
                .substring(TinyScan.xml().indexOf("<Image"), TinyScan.xml().indexOf("</OME>"));
        List<TinyScan> scans = List.of(
                TinyScan.SOUND.planes(5).saying("SizeZ=\"1\"", "SizeZ=\"5\""),
                TinyScan.SOUND.planes(2),
                TinyScan.SOUND.saying("SizeT=\"1\"", "SizeT=\"7\""),
                TinyScan.SOUND.saying("SizeC=\"1\"", "SizeC=\"4\""),
                TinyScan.SOUND.saying("</OME>", image + "</OME>"));
        List<String> found = List.of(
                "holds 5 planes and describes SizeC 1, SizeZ 5, SizeT 1 in its OME-XML",
                "holds 2 planes",
                "describes SizeC 1, SizeZ 1, SizeT 7 in its OME-XML",
                "describes SizeC 4, SizeZ 1, SizeT 1 in its OME-XML",
                "describes 2 scenes");
        for (int i = 0; i < scans.size(); i++) {
            scans.get(i).write(file);

            assertThat(read().regions()).isEmpty();
            List<Problem> problems = read().problemsOf("R000");
            assertThat(problems).extracting(Problem::code).containsExactly("scans.file.planes");
            assertThat(problems.getFirst().where()).isEqualTo("KK_1.0.4_R000_DAPI_FINAL_F.ome.tif");
            assertThat(problems.getFirst().found())
                    .isEqualTo("one plane of one channel was expected, the file %s.".formatted(found.get(i)));
        }
    }

    /// Defect 15, with a file that other software wrote: five depths of uint16.
    @Test
    void aStackThatOtherSoftwareWroteIsRefused() throws IOException {
        Files.copy(
                Path.of("src/test/resources/ometiff/sound/five_planes.ome.tif"),
                folder.resolve("KK_1.0.4_R000_DAPI_FINAL_F.ome.tif"));

        assertThat(read().problemsOf("R000"))
                .filteredOn(Problem::refuses)
                .extracting(Problem::code)
                .containsExactly("scans.file.planes");
    }

    /// Defect 15: only `.ome.tif` was found.
    @Test
    void everyEndingIsFound() throws IOException {
        write(
                "KK_1.0.4_R000_DAPI_FINAL_F.ome.tif",
                "KK_1.0.4_R000_Cy3_FINAL_F.ome.tiff",
                "KK_1.0.4_R000_Cy5_FINAL_F.tif",
                "KK_1.0.4_R000_Cy7_FINAL_F.TIFF");

        assertThat(region().channels()).hasSize(4);
    }

    /// Defect 16: several channels were shown as DAPI, and round 10 came before round 2.
    @Test
    void roundsAreInTheirOrderAndChannelsOfTheSameNameAreToldApart() throws IOException {
        write(Stream.of(10, 2, 1)
                .flatMap(round -> Stream.of("DAPI_FINAL_F", "Cy3_m%d_FINAL_AFR_F".formatted(round))
                        .map(rest -> "KK_%d.0.4_R000_%s.ome.tif".formatted(round, rest)))
                .toArray(String[]::new));

        assertThat(region().channels())
                .extracting(ScanChannel::shown)
                .containsExactly("DAPI_1.0.4", "Cy3_m1", "DAPI_2.0.4", "Cy3_m2", "DAPI_10.0.4", "Cy3_m10");
    }
}
