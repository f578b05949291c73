package io.cellferry.celldive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cellferry.failure.Problem;
import io.cellferry.failure.Problem.Severity;
import io.cellferry.image.PixelSize;
import io.cellferry.image.PixelType;
import io.cellferry.omexml.OmeChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in a folder of scans, file by file and region by region, and which of it is refused.
class ScanFolderTest {

    private static final Path FOREIGN = Path.of("src/test/resources/ometiff/sound");
    private static final String DAPI = "KK_S2_1.0.4_R000_DAPI_FINAL_F.ome.tif";
    private static final String CY3 = "KK_S2_1.0.4_R000_Cy3_iba1_FINAL_AFR_F.ome.tif";
    private static final String CY5 = "KK_S2_2.0.4_R000_Cy5_CD4_FINAL_AFR_F.ome.tif";
    private static final String OTHER_REGION = "KK_S2_1.0.4_R001_DAPI_FINAL_F.ome.tif";

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

    /// The only problem of R000, which must be the reason why it is no region, whereas R001 is one.
    private Problem onlyRefusal() throws IOException {
        write(OTHER_REGION, TinyScan.SOUND);
        ScanFolder scans = read();
        assertThat(scans.regions()).extracting(ScanRegion::id).containsExactly("R001");
        assertThat(scans.problemsOf("R001")).isEmpty();
        assertThat(scans.problemsOf("R000")).hasSize(1);
        Problem problem = scans.problemsOf("R000").getFirst();
        assertThat(problem.refuses()).isTrue();
        assertThat(problem.remedy()).isNotEmpty();
        return problem;
    }

    /// The only problem of R000, which is a region nevertheless.
    private Problem onlyRemark(ScanFolder scans) {
        assertThat(scans.regions()).extracting(ScanRegion::id).containsExactly("R000");
        assertThat(scans.problemsOf("R000")).hasSize(1);
        Problem problem = scans.problemsOf("R000").getFirst();
        assertThat(problem.refuses()).isFalse();
        return problem;
    }

    @Test
    void filesOfARegionBecomeItsChannels() throws IOException {
        write(CY5, TinyScan.SOUND.saying("ExposureTime=\"100\"", "ExposureTime=\"250\""));
        write(CY3, TinyScan.SOUND);
        write(DAPI, TinyScan.SOUND);

        ScanFolder scans = read();

        assertThat(scans.problems()).isEmpty();
        assertThat(scans.regionProblems()).containsOnlyKeys("R000").containsEntry("R000", List.of());
        assertThat(scans.regions()).singleElement().satisfies(region -> {
            assertThat(region.id()).isEqualTo("R000");
            assertThat(region.type()).isEqualTo(PixelType.UINT16);
            assertThat(region.width()).isEqualTo(12);
            assertThat(region.height()).isEqualTo(10);
            assertThat(region.pixelSize()).contains(new PixelSize(0.325, 0.325));
            assertThat(region.acquired()).contains("2025-10-08T09:30:00");
            assertThat(region.objective().orElseThrow().nominalMagnification()).contains(20.0);
            assertThat(region.channels())
                    .extracting(ScanChannel::label)
                    .containsExactly("1.0.4_DAPI", "1.0.4_Cy3_iba1", "2.0.4_Cy5_CD4");
            assertThat(region.channels())
                    .extracting(ScanChannel::file)
                    .containsExactly(folder.resolve(DAPI), folder.resolve(CY3), folder.resolve(CY5));
            assertThat(region.channels().getLast()).satisfies(channel -> {
                assertThat(channel.plane()).isZero();
                assertThat(channel.stored().width()).isEqualTo(12);
                assertThat(channel.shown()).isEqualTo("Cy5_CD4");
                assertThat(channel.round()).isEqualTo("2.0.4");
                assertThat(channel.dye()).isEqualTo("Cy5");
                assertThat(channel.marker()).isEqualTo("CD4");
                assertThat(channel.colour()).isEqualTo(0xDC267F);
                assertThat(channel.taken().name()).contains("stain");
                assertThat(channel.taken().exposureMilliseconds()).contains(250.0);
            });
        });
    }

    @Test
    void whatIsNoFolderOfScansIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "");
        Files.createDirectory(folder.resolve(DAPI));

        for (String each : List.of(
                "scans.folder.missing " + folder.resolve("nothing"),
                "scans.folder.file " + file,
                "scans.none " + folder)) {
            String[] expected = each.split(" ");
            ScanFolder scans = ScanFolder.read(Path.of(expected[1]), ScanRules.NONE);

            assertThat(scans.regions()).isEmpty();
            assertThat(scans.regionProblems()).isEmpty();
            assertThat(scans.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo(expected[0]);
                assertThat(problem.refuses()).isTrue();
                assertThat(problem.where()).isEqualTo(expected[1]);
                assertThat(problem.remedy()).isNotEmpty();
            });
        }
    }

    @Test
    void aFolderOfImagesWithOtherNamesIsRefusedNamingEach() throws IOException {
        write("overview.tif", TinyScan.SOUND);
        write("R000.ome.tif", TinyScan.SOUND);

        assertThat(read().problems())
                .extracting(Problem::code, Problem::where)
                .containsExactly(
                        tuple("scans.name.round", "R000.ome.tif"),
                        tuple("scans.name.round", "overview.tif"),
                        tuple("scans.none", folder.toString()));
    }

    @Test
    void filesThatAreNoImagesAreCountedOnly() throws IOException {
        write(DAPI, TinyScan.SOUND);
        Files.writeString(folder.resolve("._" + DAPI), "copied along");
        Files.writeString(folder.resolve("notes.txt"), "");
        Files.createDirectory(folder.resolve("thumbnails"));
        write("thumbnails/" + CY3, TinyScan.SOUND);

        ScanFolder scans = read();

        assertThat(scans.regions().getFirst().channels()).hasSize(1);
        assertThat(scans.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("scans.other-files");
            assertThat(problem.severity()).isEqualTo(Severity.NOTE);
            assertThat(problem.found()).startsWith("2 files");
        });
    }

    @Test
    void differentSizesAreRefusedNamingFilesAndValues() throws IOException {
        write(DAPI, TinyScan.SOUND);
        write(CY3, TinyScan.SOUND);
        write(CY5, TinyScan.SOUND.size(12, 11));

        Problem problem = onlyRefusal();

        assertThat(problem.code()).isEqualTo("scans.region.size");
        assertThat(problem.where()).isEqualTo("region R000");
        assertThat(problem.found())
                .isEqualTo("all files must have the same size, found "
                        + "12 x 10 pixels in %s and 1 more; 12 x 11 pixels in %s.".formatted(DAPI, CY5));
    }

    @Test
    void differentTypesAreRefusedNamingFilesAndValues() throws IOException {
        write(DAPI, TinyScan.SOUND.type("uint8"));
        write(CY3, TinyScan.SOUND.type("float"));

        Problem problem = onlyRefusal();

        assertThat(problem.code()).isEqualTo("scans.region.type");
        assertThat(problem.found()).endsWith("found uint8 in %s; float32 in %s.".formatted(DAPI, CY3));
    }

    @Test
    void differentPixelSizesAreRefusedNamingFilesAndValues() throws IOException {
        write(DAPI, TinyScan.SOUND);
        write(CY3, TinyScan.SOUND.saying("PhysicalSizeY=\"0.325\"", "PhysicalSizeY=\"0.3251\""));

        Problem problem = onlyRefusal();

        assertThat(problem.code()).isEqualTo("scans.region.pixel-size");
        assertThat(problem.found()).endsWith("found 0.325 µm in %s; 0.325 x 0.3251 µm in %s.".formatted(DAPI, CY3));
    }

    @Test
    void roundingIsNoOtherPixelSize() throws IOException {
        write(DAPI, TinyScan.SOUND);
        write(CY3, TinyScan.SOUND.saying("PhysicalSizeX=\"0.325\"", "PhysicalSizeX=\"0.3250000119\""));

        assertThat(read().regions().getFirst().pixelSize()).contains(new PixelSize(0.325, 0.325));
    }

    @Test
    void ofManyDifferencesTheFirstAreTold() throws IOException {
        for (int file = 0; file < 60; file++) {
            write("KK_%d.0.4_R000_DAPI_FINAL_F.tif".formatted(file), TinyScan.SOUND.size(12, 10 + file));
        }

        assertThat(onlyRefusal().found())
                .contains("12 x 14 pixels in KK_4.0.4_R000_DAPI_FINAL_F.tif; and 55 more.")
                .doesNotContain("12 x 15");
    }

    @Test
    void omeXmlOfAnotherSizeOrTypeIsRefused() throws IOException {
        write(DAPI, TinyScan.SOUND.saying("SizeX=\"12\"", "SizeX=\"24\""));
        assertThat(onlyRefusal()).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("scans.omexml.size");
            assertThat(problem.where()).isEqualTo(DAPI);
            assertThat(problem.found()).isEqualTo("its OME-XML describes 24 x 10 pixels, the file holds 12 x 10.");
        });
        write(DAPI, TinyScan.SOUND.saying("uint16", "float"));
        assertThat(onlyRefusal()).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("scans.omexml.type");
            assertThat(problem.found()).contains("type float", "holds uint16");
        });
    }

    @Test
    void pixelsInAnotherFileAreRefused() throws IOException {
        String uuid = "<UUID FileName=\"%s\">urn:uuid:%s</UUID>";
        String place = "<TiffData FirstC=\"0\" FirstT=\"0\" FirstZ=\"0\" IFD=\"0\" PlaneCount=\"1\"/>";
        write(DAPI, TinyScan.SOUND.saying(place, "<TiffData>" + uuid.formatted("B.tif", "9-9-9") + "</TiffData>"));

        Problem problem = onlyRefusal();

        assertThat(problem.code()).isEqualTo("scans.omexml.other-file");
        assertThat(problem.where()).isEqualTo(DAPI);
        assertThat(problem.found()).contains("lie in B.tif");

        // A renamed file is still known by its identifier.
        write(DAPI, TinyScan.SOUND.saying(place, "<TiffData>" + uuid.formatted("B.tif", "1-2-3") + "</TiffData>"));
        assertThat(read().regions()).hasSize(2);
    }

    @Test
    void unreadableOmeXmlIsAWarning() throws IOException {
        write(DAPI, TinyScan.SOUND.resolution(0.5).saying("</Pixels>", ""));

        ScanFolder scans = read();

        assertThat(scans.problemsOf("R000"))
                .anySatisfy(problem -> {
                    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
                    assertThat(problem.where()).contains(DAPI);
                })
                .noneMatch(Problem::refuses);
        assertThat(scans.regions().getFirst().channels().getFirst().taken()).isEqualTo(OmeChannel.UNKNOWN);
    }

    @Test
    void whatFilesDoWrongAlikeIsToldOnce() throws IOException {
        for (String file : List.of(DAPI, CY3, CY5)) {
            write(file, TinyScan.SOUND.saying("ExposureTime=\"100\"", "ExposureTime=\"long\""));
        }

        assertThat(onlyRemark(read())).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("input.ome.number");
            assertThat(problem.where()).startsWith(DAPI + " and 2 more: ");
            assertThat(problem.found()).contains("long");
        });
    }

    @Test
    void filesThatAreRefusedAlikeAreNamedEach() throws IOException {
        write(DAPI, TinyScan.SOUND.planes(2));
        write(CY3, TinyScan.SOUND.planes(2));

        assertThat(read().problemsOf("R000")).extracting(Problem::where).containsExactly(DAPI, CY3);
    }

    @Test
    void filesWithoutOmeXmlAreReadWithANote() throws IOException {
        write(DAPI, TinyScan.SOUND.with(""));
        write(CY3, TinyScan.SOUND.with("ImageJ=1.53t"));

        Problem note = onlyRemark(readSaying(0.5));

        assertThat(note.code()).isEqualTo("scans.omexml.missing");
        assertThat(note.severity()).isEqualTo(Severity.NOTE);
        assertThat(note.found()).startsWith("no OME-XML describes %s and 1 more:".formatted(DAPI));
    }

    @Test
    void aFileThatIsNoImageIsRefused() throws IOException {
        Files.writeString(folder.resolve(DAPI), "no image");

        Problem problem = onlyRefusal();

        assertThat(problem.code()).isEqualTo("scans.file.unreadable");
        assertThat(problem.where()).isEqualTo(DAPI);
        assertThat(problem.found()).contains("expected a TIFF or OME-TIFF file");
    }

    @Test
    void aLinkThatLeadsNowhereIsRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve(DAPI), folder.resolve("gone.tif"));

        assertThat(onlyRefusal().found()).contains("there is no such file");
    }

    /// The first plane is sound and the second damaged: what the reader of the image says counts.
    @Test
    void aFileThatIsDamagedInPartIsRefused() throws IOException {
        Path file = TinyScan.SOUND.planes(2).write(folder.resolve(DAPI));
        byte[] bytes = Files.readAllBytes(file);
        // The last directory ends with 10 entries of 12 bytes and 4 bytes more; the first entry is the width.
        bytes[bytes.length - 4 - 10 * 12 + 8] = 0;
        Files.write(file, bytes);

        Problem problem = onlyRefusal();

        assertThat(problem.code()).isEqualTo("input.tiff.damaged");
        assertThat(problem.where()).startsWith(DAPI + ": directory 1 at offset ");
        assertThat(problem.found()).contains("ImageWidth of 1 to 2,147,483,647 was expected, found 0");
    }

    /// Beyond 4 GB ImageJ writes one directory, and the planes behind each other.
    @Test
    void aStackWhosePlanesOnlyItsTextShowsIsRefused() throws IOException {
        write(DAPI, TinyScan.SOUND.resolution(0.325).with("ImageJ=1.53t\nunit=micron\nimages=6\nslices=6\n"));

        Problem problem = onlyRefusal();

        assertThat(problem.code()).isEqualTo("scans.file.planes");
        assertThat(problem.found()).contains("is a stack of 6 images, as ImageJ says in it");
    }

    @Test
    void oneImageOfImageJIsTaken() throws IOException {
        write(DAPI, TinyScan.SOUND.resolution(0.325).with("ImageJ=1.53t\nimages=1\nunit=micron\n"));

        assertThat(read().regions()).hasSize(1);
    }

    @Test
    void coloursOfSeveralSamplesAreRefused() throws IOException {
        Files.copy(FOREIGN.resolve("rgb_lzw_predictor.tif"), folder.resolve(DAPI));

        Problem problem = onlyRefusal();

        assertThat(problem.code()).isEqualTo("scans.file.planes");
        assertThat(problem.found())
                .isEqualTo("one plane of one channel was expected, the file has colours of 3 samples a pixel.");
    }

    @Test
    void twoFilesOfOneChannelAreRefusedByName() throws IOException {
        String raw = "KK_S2_001.0.4_r000_CY3_IBA1_FINAL_F.ome.tif";
        write(CY3, TinyScan.SOUND);
        write(raw, TinyScan.SOUND);

        Problem problem = onlyRefusal();

        assertThat(problem.code()).isEqualTo("scans.region.twins");
        assertThat(problem.found()).contains(CY3, raw);
    }

    @Test
    void filesOfTwoSamplesAreNoRegion() throws IOException {
        write(DAPI, TinyScan.SOUND);
        write(CY3.replace("S2", "S3"), TinyScan.SOUND);
        write(CY5.replace("KK_S2", "kk_12012025_s2"), TinyScan.SOUND);

        Problem problem = onlyRefusal();

        assertThat(problem.code()).isEqualTo("scans.region.mixture");
        assertThat(problem.found())
                .contains("prefix kk, sample S2 in " + DAPI + " and 1 more")
                .contains("prefix kk, sample S3 in " + CY3.replace("S2", "S3"));
    }

    @Test
    void differentObjectivesAreAWarning() throws IOException {
        write(DAPI, TinyScan.SOUND);
        write(CY3, TinyScan.SOUND.saying("\"20.0\"", "\"10.0\""));

        Problem warning = onlyRemark(read());

        assertThat(warning.code()).isEqualTo("scans.region.magnification");
        assertThat(warning.found()).contains("20.0-fold in " + DAPI, "10.0-fold in " + CY3);
    }

    @Test
    void unknownDyesAreANote() throws IOException {
        write(DAPI, TinyScan.SOUND);
        write("KK_S2_1.0.4_R000_iba1_FINAL_F.tif", TinyScan.SOUND);

        ScanFolder scans = read();
        Problem note = onlyRemark(scans);

        assertThat(note.code()).isEqualTo("scans.dye.other");
        assertThat(note.found()).contains("of the dye iba1 nothing is known");
        // The second colour of those that go by place.
        assertThat(scans.regions().getFirst().channels().getLast().colour()).isEqualTo(0xDC267F);
    }

    @Test
    void allProblemsAreFoundAtOnce() throws IOException {
        write(DAPI, TinyScan.SOUND.size(5, 5));
        write(CY3, TinyScan.SOUND.type("uint8").saying("PhysicalSizeX=\"0.325\" PhysicalSizeY=\"0.325\"", ""));
        Files.writeString(folder.resolve(CY5), "");
        write("scan.tif", TinyScan.SOUND);
        write(OTHER_REGION, TinyScan.SOUND.planes(2));

        ScanFolder scans = read();

        assertThat(scans.regions()).isEmpty();
        assertThat(scans.problems()).extracting(Problem::code).containsExactly("scans.name.round");
        assertThat(scans.problemsOf("R000"))
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(
                        "scans.file.unreadable", "scans.region.size", "scans.region.type", "scans.pixel-size.missing");
        assertThat(scans.problemsOf("R001")).extracting(Problem::code).containsExactly("scans.file.planes");
    }

    @Test
    void aThousandFilesAreReadOneAtATime() throws IOException {
        for (int file = 0; file < 1000; file++) {
            write("KK_%d.0.4_R%03d_Cy3_m%d_FINAL_F.tif".formatted(file % 16, file / 500, file), TinyScan.SOUND);
        }

        ScanFolder scans = read();

        assertThat(scans.regions()).hasSize(2);
        assertThat(scans.regions())
                .allSatisfy(region -> assertThat(region.channels()).hasSize(500));
        assertThat(openFiles()).isZero();
        assertThat(read()).hasToString(scans.toString());
    }

    private long openFiles() throws IOException {
        Path real = folder.toRealPath();
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(descriptor -> {
                        try {
                            return Files.readSymbolicLink(descriptor).startsWith(real);
                        } catch (IOException closedMeanwhile) {
                            return false;
                        }
                    })
                    .count();
        }
    }
}
