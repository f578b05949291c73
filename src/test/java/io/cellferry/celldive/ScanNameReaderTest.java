package io.cellferry.celldive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.cellferry.failure.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every name of the grammar is taken apart into the parts it was put together from, and no other name is.
class ScanNameReaderTest {

    private static ScanName scan(String file) {
        return assertThat(ScanNameReader.read(file))
                .as(file)
                .asInstanceOf(type(NameReading.Scan.class))
                .actual()
                .name();
    }

    private static Problem problem(String file) {
        return assertThat(ScanNameReader.read(file))
                .as(file)
                .asInstanceOf(type(NameReading.Unmatched.class))
                .actual()
                .problem();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            KK_10082025_S2_1.0.4_R000_Cy3_iba1_FINAL_AFR_F.ome.tif, KK, 10082025, S2, 1.0.4, R000, Cy3, iba1, AFR_F
            KK_10082025_S2_1.0.4_R000_DAPI_FINAL_F.ome.tif, KK, 10082025, S2, 1.0.4, R000, DAPI, '', F
            BLCA-1_1.0.4_R000_Cy3_pH2AX-AF555_FINAL_AFR_F.ome.tif, BLCA-1, , , 1.0.4, R000, Cy3, pH2AX-AF555, AFR_F
            BLCA-1_1.0.4_R000_DAPI__FINAL_F.ome.tif, BLCA-1, , , 1.0.4, R000, DAPI, '', F
            S1_15.0.4_R012_Cy5_CD45-H_FINAL_AFR_F.tif, '', , S1, 15.0.4, R012, Cy5, CD45-H, AFR_F
            CD_PDX_010_S11_004.0.4_R002_FITC_PGP9-5_FINAL_F.tiff, CD_PDX_010, , S11, 004.0.4, R002, FITC, PGP9-5, F
            kk_12012025_s2_1.0.4_r000_dapi_final_f.OME.TIFF, kk, 12012025, s2, 1.0.4, R000, DAPI, '', f
            1.0.4_R000_AF488_FINAL.tif, '', , , 1.0.4, R000, AF488, '', ''
            A_01052026_1.0.4_R000_Cy7_HLA_DR_FINAL_F.tif, A, 01052026, , 1.0.4, R000, Cy7, HLA_DR, F
            A_S1_10082025_1.0.4_R000_CY3_R123_FINAL_F.tif, A_S1, 10082025, , 1.0.4, R000, Cy3, R123, F
            R007_FINAL_1.0.4_R000_Cy5.5_a_FINAL_R001.tif, R007_FINAL, , , 1.0.4, R000, Cy5.5, a, R001
            """)
    void namesOfEveryVariantAreTakenApart(
            String file,
            String prefix,
            String date,
            String sample,
            String round,
            String region,
            String dye,
            String marker,
            String rest) {
        assertThat(scan(file))
                .isEqualTo(new ScanName(
                        file,
                        prefix,
                        Optional.ofNullable(date),
                        Optional.ofNullable(sample),
                        Round.of(round),
                        region,
                        dye,
                        marker,
                        rest));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            KK_R000_DAPI_FINAL_F.ome.tif, scans.name.round, a round like 1.0.4
            KK_1.0_R000_DAPI_FINAL_F.ome.tif, scans.name.round, a round like 1.0.4
            KK_1.0.4.1_R000_DAPI_FINAL_F.ome.tif, scans.name.round, a round like 1.0.4
            KK_1234.0.4_R000_DAPI_FINAL_F.ome.tif, scans.name.round, a round like 1.0.4
            overview.tif, scans.name.round, a round like 1.0.4
            KK_1.0.4_R0001_DAPI_FINAL_F.ome.tif, scans.name.region, found R0001
            KK_1.0.4_R00_DAPI_FINAL_F.ome.tif, scans.name.region, found R00
            KK_1.0.4_DAPI_R000_FINAL_F.ome.tif, scans.name.region, found DAPI
            KK_1.0.4__DAPI_FINAL_F.ome.tif, scans.name.region, found nothing
            KK_1.0.4.ome.tif, scans.name.region, its name ends there
            KK_1.0.4_R000_FINAL_F.ome.tif, scans.name.dye, found FINAL
            KK_1.0.4_R000__FINAL_F.ome.tif, scans.name.dye, found nothing
            KK_1.0.4_R000_R001_DAPI_FINAL_F.ome.tif, scans.name.dye, found R001
            KK_1.0.4_R000.ome.tif, scans.name.dye, its name ends there
            KK_1.0.4_R000_3Cy_FINAL.ome.tif, scans.name.dye, found 3Cy
            KK_1.0.4_R000_Cy3_iba1_F.ome.tif, scans.name.final, its name has none
            KK_1.0.4_R000_Cy3_FINALE.ome.tif, scans.name.final, its name has none
            FINAL_1.0.4_R000_Cy3_iba1.ome.tif, scans.name.final, its name has none
            KK_1.0.4_R000_Cy3_FINAL_iba1_final.tif, scans.name.ambiguous, one FINAL
            KK_1.0.4_R000_Cy3_2.0.4_R001_FINAL_F.tif, scans.name.ambiguous, 1.0.4 and 2.0.4
            1.0.4_1.0.4_R001_Cy3_FINAL_F.tif, scans.name.ambiguous, 1.0.4 and 1.0.4
            """)
    void theRuleThatANameBreaksIsNamed(String file, String code, String found) {
        Problem problem = problem(file);

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
        assertThat(problem.where()).isEqualTo(file);
        assertThat(problem.found()).startsWith("is left out: ").contains(found);
        assertThat(problem.remedy()).startsWith("Rename it like ");
    }

    /// The name that remedies show must itself be one.
    @Test
    void theExampleOfTheRemedyIsAName() {
        String remedy = problem("overview.tif").remedy();

        assertThat(scan(remedy.substring("Rename it like ".length(), remedy.indexOf(',')))
                        .marker())
                .isEqualTo("MARKER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A_1.0.4_R000_DAPI_FINAL_F.ome.tif.part",
                "A_1.0.4_R000_DAPI_FINAL_F.ome.xml",
                "A_1.0.4_R000_DAPI_FINAL_Ftif",
                "._A_1.0.4_R000_DAPI_FINAL_F.ome.tif",
                "Thumbs.db",
                ".tif",
                ""
            })
    void whatIsNoTiffByItsNameIsNoImage(String file) {
        assertThat(ScanNameReader.read(file)).isInstanceOf(NameReading.NoImage.class);
    }

    @Test
    void charactersNobodyCanReadAreNotRepeated() {
        Problem problem = problem("A_1.0.4_R000_Cy3_a\u001b[2J\n\uFFFDb_FINAL_F.tif");

        assertThat(problem.code()).isEqualTo("scans.name.characters");
        assertThat(problem.where()).isEqualTo("A_1.0.4_R000_Cy3_a?[2J??b_FINAL_F.tif");
    }

    /// What XML cannot hold would be another name in OME-XML; the other is an order to some terminals.
    @ParameterizedTest
    @ValueSource(strings = {"\uFFFE", "\uFFFF", "\u009b"})
    void charactersNoTextShouldHoldAreRefused(String character) {
        assertThat(problem("A_1.0.4_R000_Cy3_a%sb_FINAL_F.tif".formatted(character))
                        .code())
                .isEqualTo("scans.name.characters");
    }

    @Test
    void composedAndDecomposedLettersAreTheSame() {
        assertThat(scan("A_1.0.4_R000_Cy3_Ma\u0308r_FINAL.tif").channel())
                .isEqualTo(scan("A_1.0.4_R000_Cy3_M\u00e4r_FINAL.tif").channel());
    }

    @Test
    void anyValidNameIsTakenApartIntoItsParts() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int trial = 0; trial < 20_000; trial++) {
            Parts parts = Parts.random(random);
            ScanName name = scan(parts.file());

            assertThat(name)
                    .as("seed %d, trial %d, %s", seed, trial, parts.file())
                    .isEqualTo(parts.name());
        }
    }

    /// A name without its round, region, dye or FINAL, or with a second round or FINAL, is never taken for a scan.
    @Test
    void noNameThatBreaksARuleIsTaken() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int trial = 0; trial < 5_000; trial++) {
            Parts parts = Parts.random(random);
            String middle = "%s_%s_%s".formatted(parts.round(), parts.region(), parts.dye());
            int at = parts.file().indexOf(middle);
            String before = parts.file().substring(0, at);
            String after = parts.file().substring(at + middle.length());
            List<String> broken = List.of(
                    before + parts.region() + "_" + parts.dye() + after,
                    before + parts.round() + "_" + parts.dye() + after,
                    before + parts.round() + "_" + parts.region() + "0_" + parts.dye() + after,
                    before + middle + after.replaceFirst("(?i)_FINAL", ""),
                    before + middle + "_FINAL" + after,
                    before + middle + "_3.0.4" + after,
                    "3.0.4_" + parts.file());

            assertThat(broken).as("seed %d, trial %d", seed, trial).allSatisfy(file -> assertThat(
                            ScanNameReader.read(file))
                    .isInstanceOf(NameReading.Unmatched.class));
        }
    }

    @Test
    void noTextAtAllIsTooOddToRead() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String letters = "_._..RrS0123456789FINALDAPI\u00e9\ud83e\uddec -\n";
        for (int trial = 0; trial < 20_000; trial++) {
            StringBuilder file = new StringBuilder();
            int length = random.nextInt(40);
            for (int i = 0; i < length; i++) {
                file.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(ScanNameReader.read(file + ".tif"))
                    .as("seed %d, trial %d", seed, trial)
                    .isNotNull();
        }
    }

    /// A valid name as its parts, spelled as they come.
    private record Parts(
            List<String> prefix,
            Optional<String> date,
            Optional<String> sample,
            String round,
            String region,
            String dye,
            List<String> marker,
            List<String> rest,
            String word,
            String ending) {

        static Parts random(Random random) {
            List<String> prefix = words(random, random.nextInt(4));
            Optional<String> date = maybe(random, "%08d".formatted(random.nextInt(100_000_000)));
            Optional<String> sample = maybe(random, cased(random, "S" + random.nextInt(100)));
            String round = random.nextBoolean()
                    ? "%d.%d.%d".formatted(random.nextInt(16), random.nextInt(3), random.nextInt(10))
                    : "%03d.%02d.%d".formatted(random.nextInt(16), random.nextInt(3), random.nextInt(10));
            String dye = random.nextInt(4) == 0
                    ? "AF" + random.nextInt(1000)
                    : cased(random, Dye.values()[random.nextInt(5)].name());
            return new Parts(
                    prefix,
                    date,
                    sample,
                    round,
                    cased(random, "R%03d".formatted(random.nextInt(1000))),
                    dye,
                    words(random, random.nextInt(3)),
                    words(random, random.nextInt(3)),
                    cased(random, "FINAL"),
                    cased(
                            random,
                            List.of(".ome.tif", ".ome.tiff", ".tif", ".tiff").get(random.nextInt(4))));
        }

        private static Optional<String> maybe(Random random, String word) {
            return random.nextBoolean() ? Optional.of(word) : Optional.empty();
        }

        private static String cased(Random random, String word) {
            return switch (random.nextInt(3)) {
                case 0 -> word;
                case 1 -> word.toLowerCase(Locale.ROOT);
                default -> word.toUpperCase(Locale.ROOT);
            };
        }

        /// Words that are neither a date nor a sample, which before the round would be taken for one, but may look
        /// like a region, a number or a dye.
        private static List<String> words(Random random, int count) {
            String letters = "abcXYZ0123456789-+ ()\u03b1";
            return IntStream.range(0, count)
                    .mapToObj(i -> switch (random.nextInt(8)) {
                        case 0 -> "R%03d".formatted(random.nextInt(1000));
                        case 1 -> "PR%03d".formatted(random.nextInt(1000));
                        case 2 -> "DAPI";
                        case 3 -> "%d.%d".formatted(random.nextInt(10), random.nextInt(10));
                        default -> {
                            StringBuilder word = new StringBuilder("w");
                            int length = random.nextInt(8);
                            for (int k = 0; k < length; k++) {
                                word.append(letters.charAt(random.nextInt(letters.length())));
                            }
                            yield word.toString();
                        }
                    })
                    .toList();
        }

        String file() {
            StringBuilder file = new StringBuilder();
            prefix.forEach(each -> file.append(each).append('_'));
            date.ifPresent(each -> file.append(each).append('_'));
            sample.ifPresent(each -> file.append(each).append('_'));
            file.append(round)
                    .append('_')
                    .append(region)
                    .append('_')
                    .append(dye)
                    .append('_');
            marker.forEach(each -> file.append(each).append('_'));
            file.append(marker.isEmpty() && round.startsWith("0") ? "_" : "").append(word);
            rest.forEach(each -> file.append('_').append(each));
            return file.append(ending).toString();
        }

        ScanName name() {
            return new ScanName(
                    file(),
                    String.join("_", prefix),
                    date,
                    sample,
                    Round.of(round),
                    region.toUpperCase(Locale.ROOT),
                    Dye.spelled(dye),
                    String.join("_", marker),
                    String.join("_", rest));
        }
    }
}
