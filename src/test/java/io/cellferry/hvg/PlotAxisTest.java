package io.cellferry.hvg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An axis has a length and a few ticks, whatever the values are.
class PlotAxisTest {

    /// Adding 1 to numbers beyond 2^53 does not change them.
    @ParameterizedTest
    @ValueSource(doubles = {0, 3, -1e17, 1e17, 1e300, Double.MAX_VALUE / 4})
    void equalValuesHaveAPlaceOnAnAxisThatEnds(double value) {
        PlotAxis axis = PlotAxis.of("mean", new double[] {value, value}, false);

        assertThat(axis.max()).isGreaterThan(axis.min());
        assertThat(axis.ticks()).hasSizeLessThan(20);
        assertThat(axis.share(1)).isZero();
    }

    @Test
    void aVeryShortAxisOfLogarithmsStillHasTicks() {
        assertThat(labels(0.55, 1.9)).containsExactly("1.0", "1.5");
        assertThat(labels(3.21, 3.27)).containsExactly("3.22", "3.24", "3.26");
    }

    /// A label of thirty digits would run out of the picture.
    @Test
    void labelsAreShortHoweverLargeTheNumbers() {
        assertThat(labels(1e30, 5e31))
                .containsExactly("1.0e+30", "2.0e+30", "5.0e+30", "1.0e+31", "2.0e+31", "5.0e+31");
        assertThat(labels(2e-9, 7e-9)).containsExactly("2.0e-09", "5.0e-09");
        assertThat(PlotAxis.of("score", new double[] {0, 3e16}, false).ticks())
                .extracting(PlotAxis.Tick::label)
                .allSatisfy(label -> assertThat(label).hasSizeLessThan(9));
    }

    @Test
    void labelsOfNearlyEqualNumbersDiffer() {
        assertThat(PlotAxis.of("score", new double[] {2.00e7, 2.03e7}, false).ticks())
                .extracting(PlotAxis.Tick::label)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(2);
        assertThat(PlotAxis.of("score", new double[] {0, 1e-323}, false).ticks())
                .hasSizeLessThan(20);
    }

    private static List<String> labels(double least, double greatest) {
        return PlotAxis.of("mean", new double[] {least, greatest}, true).ticks().stream()
                .map(PlotAxis.Tick::label)
                .toList();
    }

    @Test
    void missingAndInfiniteValuesHaveNoPlace() {
        PlotAxis axis = PlotAxis.of("score", new double[] {Double.NaN, 1, 2, Double.POSITIVE_INFINITY}, false);

        assertThat(axis.max()).isEqualTo(2);
        assertThat(axis.share(0)).isNaN();
        assertThat(axis.share(3)).isNaN();
    }
}
