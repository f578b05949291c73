package io.cellferry.hvg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How one column becomes places along an axis: which values have one, where, and what stands beside the ticks.
///
/// On a logarithmic axis only values above 0 have a place.
record PlotAxis(String title, double[] values, boolean logarithmic, double min, double max) {

    private static final int WANTED_TICKS = 6;

    /// Powers of ten alone would leave fewer than three ticks on an axis of this many of them.
    private static final double SHORT = 3;

    private static final int FEWEST_TICKS = 2;

    /// Longer numbers would run out of the picture.
    private static final double MOST_PLAIN = 1e7;

    private static final int MOST_PLACES = 6;
    private static final int MOST_DIGITS = 16;

    /// A tick at a share of the axis, 0 to 1.
    record Tick(double share, String label) {}

    static PlotAxis of(String title, double[] values, boolean logarithmic) {
        double[] placed = Arrays.stream(values)
                .map(value -> logarithmic ? StrictMath.log10(value) : value)
                .filter(Double::isFinite)
                .toArray();
        double min = Arrays.stream(placed).min().orElse(0);
        double max = Arrays.stream(placed).max().orElse(1);
        // Beyond 2^53 adding 1 changes nothing, and an axis without a length would have ticks without end.
        return new PlotAxis(title, values, logarithmic, min, max > min ? max : Math.max(min + 1, Math.nextUp(min)));
    }

    /// Where a gene lies, 0 to 1; NaN when it has no place.
    double share(int gene) {
        double place = logarithmic ? StrictMath.log10(values[gene]) : values[gene];
        return Double.isFinite(place) ? (place - min) / (max - min) : Double.NaN;
    }

    /// Round values; powers of ten on a logarithmic axis, with twos and fives between them where it is short, and the
    /// round values of the numbers themselves where it is so short that those are too few.
    List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        if (logarithmic && max - min < SHORT) {
            for (int power = (int) Math.floor(min); power <= max; power++) {
                for (int factor : new int[] {1, 2, 5}) {
                    add(ticks, power + StrictMath.log10(factor), label(factor * StrictMath.pow(10, power), power));
                }
            }
            return ticks.size() < FEWEST_TICKS ? roundNumbers() : ticks;
        }
        double rough = (max - min) / WANTED_TICKS;
        double step = logarithmic ? Math.max(1, roundedUp(rough)) : roundedUp(rough);
        for (long i = (long) Math.ceil(min / step); step > 0 && i * step <= max; i++) {
            add(ticks, i * step, logarithmic ? "1e" + Math.round(i * step) : label(i * step, power(step)));
        }
        return ticks;
    }

    /// Those of the numbers of which a logarithmic axis shows the logarithms.
    private List<Tick> roundNumbers() {
        List<Tick> ticks = new ArrayList<>();
        double from = StrictMath.pow(10, min);
        double to = StrictMath.pow(10, max);
        double step = roundedUp((to - from) / WANTED_TICKS);
        if (step > 0) {
            for (long i = (long) Math.ceil(from / step); i * step <= to; i++) {
                add(ticks, StrictMath.log10(i * step), label(i * step, power(step)));
            }
        }
        return ticks;
    }

    private void add(List<Tick> ticks, double place, String label) {
        double share = (place - min) / (max - min);
        if (share >= 0 && share <= 1) {
            ticks.add(new Tick(share, label));
        }
    }

    private static int power(double step) {
        return (int) Math.floor(StrictMath.log10(step));
    }

    /// A multiple of 10^`power` with all digits that tell it from the next, no longer than the room beside an axis.
    private static String label(double value, int power) {
        if (Math.abs(value) < MOST_PLAIN && power >= -MOST_PLACES) {
            return String.format(Locale.ROOT, "%." + Math.max(0, -power) + "f", value);
        }
        int digits = value == 0 ? 1 : Math.clamp(power(Math.abs(value)) - power, 1, MOST_DIGITS);
        return String.format(Locale.ROOT, "%." + digits + "e", value);
    }

    /// The next of 1, 2, 5 and 10 times a power of ten.
    private static double roundedUp(double rough) {
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(rough)));
        for (double factor : new double[] {1, 2, 5}) {
            if (power * factor >= rough) {
                return power * factor;
            }
        }
        return 10 * power;
    }
}
