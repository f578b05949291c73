package io.cellferry.cellucid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A request that no viewer could take is refused before anything is read.
class ExportSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "pbmc-3k.v1", "0", "com10", "a..b", "con_x"})
    void portableIdsAreTaken(String id) {
        assertThat(DatasetCard.isPortableId(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".a", "-a", "a.", "a b", "ä", "con", "NUL.txt", "Lpt9.x", "a/b", "a\n"})
    void otherIdsAreRefused(String id) {
        assertThatThrownBy(() -> card(id, "Name", "", "2026-01-01T00:00:00Z"))
                .isInstanceOf(RequestRefused.class)
                .hasMessageStartingWith("--dataset-id: ");
    }

    @Test
    void anIdHasAtMostOneHundredEightyCharacters() {
        assertThat(DatasetCard.isPortableId("x".repeat(180))).isTrue();
        assertThat(DatasetCard.isPortableId("x".repeat(181))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:00:00",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00.5Z",
                "0000-01-01T00:00:00Z",
                "now"
            })
    void timesThatNeverWereAreRefused(String time) {
        assertThatThrownBy(() -> card("id", "Name", "", time))
                .isInstanceOf(RequestRefused.class)
                .hasMessageStartingWith("--created-at: ");
    }

    @Test
    void leapDaysAreTaken() {
        assertThat(DatasetCard.isSecond("2024-02-29T23:59:59Z")).isTrue();
    }

    @Test
    void namesHaveToBeShowable() {
        assertThatThrownBy(() -> card("id", "", "", "2026-01-01T00:00:00Z"))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("--dataset-name: expected a text that can be shown, but \"\" is empty.");
        assertThatThrownBy(() -> card("id", "Name", "ends with a space\u3000", "2026-01-01T00:00:00Z"))
                .isInstanceOf(RequestRefused.class)
                .hasMessageStartingWith("--description: ");
        assertThatThrownBy(() -> new SourceReference("Atlas", Optional.of("a\u0007"), Optional.empty()))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("U+0007");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> settings(OptionalInt.of(0), OptionalDouble.of(0.95), 10))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("--gzip: expected 1 to 9 or none, found 0.");
        assertThatThrownBy(() -> settings(OptionalInt.of(10), OptionalDouble.of(0.95), 10))
                .isInstanceOf(RequestRefused.class);
        for (double quantile : new double[] {0.5, 1, Double.NaN, -1}) {
            assertThatThrownBy(() -> settings(OptionalInt.of(6), OptionalDouble.of(quantile), 10))
                    .isInstanceOf(RequestRefused.class)
                    .hasMessageStartingWith("--centroid-quantile: ");
        }
        assertThatThrownBy(() -> settings(OptionalInt.of(6), OptionalDouble.empty(), 0))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("--centroid-min-points: expected at least 1, found 0.");
    }

    static ExportSettings settings(OptionalInt gzip, OptionalDouble quantile, int minPoints) {
        return new ExportSettings(
                Contract.V0_9_1,
                Quantization.NONE,
                Quantization.NONE,
                ObsCodes.AUTO,
                gzip,
                quantile,
                minPoints,
                MissingPolicy.REFUSE,
                card("id", "Name", "", "2026-01-01T00:00:00Z"));
    }

    private static DatasetCard card(String id, String name, String description, String createdAt) {
        return new DatasetCard(id, name, description, createdAt, Optional.empty());
    }
}
