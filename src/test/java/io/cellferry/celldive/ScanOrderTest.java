package io.cellferry.celldive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The order of channels, what they are called, and their colours.
class ScanOrderTest {

    private static List<ScanName> names(String... channels) {
        return Arrays.stream(channels)
                .map(channel -> ScanNameReader.read("KK_" + channel.replaceFirst("_", "_R000_") + "_FINAL_F.ome.tif"))
                .map(reading -> ((NameReading.Scan) reading).name())
                .toList();
    }

    private static List<String> shown(String... channels) {
        List<ScanName> names = names(channels);
        return names.stream().map(name -> name.shown(names)).toList();
    }

    @Test
    void roundsComeByNumberAndDyesInTheirOrder() {
        List<ScanName> expected = names(
                "1.0.4_DAPI",
                "1.0.4_FITC_a",
                "1.0.4_Cy3",
                "1.0.4_Cy3_a",
                "1.0.4_Cy3_B",
                "1.0.4_Cy5_a",
                "1.0.4_Cy7_a",
                "1.0.4_AF488_b",
                "1.0.4_BV421_a",
                "002.0.4_dapi",
                "2.0.4_cy3_a",
                "2.0.10_DAPI",
                "2.1.4_DAPI",
                "10.0.4_DAPI",
                "015.0.4_Cy3_a");
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int trial = 0; trial < 50; trial++) {
            List<ScanName> shuffled = new ArrayList<>(expected);
            Collections.shuffle(shuffled, random);
            shuffled.sort(ScanName.ORDER);

            assertThat(shuffled).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void labelsHaveTheRoundAsItIsWritten() {
        assertThat(names("1.0.4_dapi", "004.0.4_CY3_CD45-H"))
                .extracting(ScanName::label)
                .containsExactly("1.0.4_DAPI", "004.0.4_Cy3_CD45-H");
    }

    @Test
    void onlyChannelsThatWouldBeShownAlikeAreShownWithTheirRound() {
        assertThat(shown("1.0.4_DAPI", "1.0.4_Cy3_CD4", "2.0.4_dapi", "2.0.4_Cy3_cd4", "2.0.4_Cy5_CD4", "2.0.4_Cy5"))
                .containsExactly("DAPI_1.0.4", "Cy3_CD4_1.0.4", "DAPI_2.0.4", "Cy3_cd4_2.0.4", "Cy5_CD4", "Cy5");
    }

    @Test
    void theSameChannelIsRecognisedHoweverItIsSpelled() {
        assertThat(names("004.0.4_CY3_iba1", "4.0.4_Cy3_IBA1", "4.00.04_cy3_Iba1"))
                .extracting(ScanName::channel)
                .containsOnly("[4, 0, 4]_cy3_iba1");
    }

    @Test
    void knownDyesHaveTheirColoursAndOthersThoseOfTheirPlace() {
        assertThat(Stream.of("DAPI", "cy3", "CY5", "Cy7", "fitc").map(dye -> hex(Dye.colour(dye, 3))))
                .containsExactly("FFFFFF", "FFB000", "DC267F", "00FFFF", "00FF00");
        assertThat(Stream.of(0, 1, 2, 3, 4, 5, 6, 7, 8).map(channel -> hex(Dye.colour("AF488", channel))))
                .containsExactly(
                        "FFB000", "DC267F", "00FFFF", "00FF00", "FE6100", "785EF0", "FFE119", "648FFF", "FFB000");
    }

    private static String hex(int colour) {
        return "%06X".formatted(colour);
    }
}
