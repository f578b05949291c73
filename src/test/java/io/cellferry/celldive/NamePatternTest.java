package io.cellferry.celldive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A person's own pattern says what names mean; what it cannot mean is refused.
class NamePatternTest {

    private static NameReading read(String pattern, String file) {
        return ScanNameReader.read(file, Optional.of(NamePattern.of(pattern)));
    }

    private static ScanName name(String pattern, String file) {
        return ((NameReading.Scan) read(pattern, file)).name();
    }

    @Test
    void groupsAreTheParts() {
        ScanName name = name(
                "(?<prefix>\\w+?)_(?<region>[a-z]\\d+)_c(?<round>\\d+)_(?<dye>cy3)_(?<marker>.+)-(?<rest>raw|AFR)",
                "slide_B2_C7_CY3_CD3-afr.tiff");

        assertThat(name)
                .isEqualTo(new ScanName(
                        "slide_B2_C7_CY3_CD3-afr.tiff",
                        "slide",
                        Optional.empty(),
                        Optional.empty(),
                        Round.of("7"),
                        "B2",
                        "Cy3",
                        "CD3",
                        "afr"));
        assertThat(name.label()).isEqualTo("7_Cy3_CD3");
        assertThat(name.isCorrected()).isTrue();
    }

    @Test
    void whatThePatternLeavesOutIsLeftOut() {
        ScanName name = name("(?<marker>.+)", "CD45.ome.tif");

        assertThat(name.region()).isEqualTo("R000");
        assertThat(name.label()).isEqualTo("CD45");
        assertThat(name.shortLabel()).isEqualTo("CD45");
        assertThat(name.tissue()).isEqualTo(name("(?<marker>.+)", "CD4.ome.tif").tissue());
    }

    @Test
    void aNameThatDoesNotMatchIsLeftOutWithAReason() {
        assertThat(read("x_(?<marker>.+)", "y_CD45.tif"))
                .isInstanceOfSatisfying(
                        NameReading.Unmatched.class,
                        unmatched -> assertThat(unmatched.problem().code()).isEqualTo("scans.name.pattern"));
        assertThat(read("(?<round>\\w)_(?<marker>.+)", "y_CD45.tif"))
                .isInstanceOfSatisfying(
                        NameReading.Unmatched.class,
                        unmatched -> assertThat(unmatched.problem().found()).contains("a round like 2"));
        assertThat(read("(?<marker>.+)", "CD45.txt")).isInstanceOf(NameReading.NoImage.class);
    }

    @Test
    void aPatternThatMeansNothingIsRefused() {
        assertThatThrownBy(() -> NamePattern.of("(?<marker>.+"))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("regular expression");
        assertThatThrownBy(() -> NamePattern.of("(?<marker>.+)_(?<stain>.+)"))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("stain");
        assertThatThrownBy(() -> NamePattern.of("(?<region>.+)"))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("tells channels apart");
    }
}
