package io.cellferry.omexml;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a number with a unit measures: the unit it has when the file names none, and the unit we count in.
///
/// Takes every unit of the 2016-06 schema that has a size, and spellings of them that files have. Factors are
/// decimal, so that 325 nm is 0.325 µm and not a number beside it.
enum Measure {
    /// Counted in micrometres.
    LENGTH("µm", "m", 6),
    /// Counted in nanometres.
    WAVELENGTH("nm", "m", 9),
    /// Counted in milliseconds.
    TIME("s", "s", 3),
    /// Counted in milliwatts.
    POWER("mW", "W", 3);

    private static final Map<String, Integer> PREFIXES = Map.ofEntries(
            Map.entry("Y", 24),
            Map.entry("Z", 21),
            Map.entry("E", 18),
            Map.entry("P", 15),
            Map.entry("T", 12),
            Map.entry("G", 9),
            Map.entry("M", 6),
            Map.entry("k", 3),
            Map.entry("h", 2),
            Map.entry("da", 1),
            Map.entry("", 0),
            Map.entry("d", -1),
            Map.entry("c", -2),
            Map.entry("m", -3),
            Map.entry("µ", -6),
            Map.entry("\u03bc", -6), // the Greek letter, which looks the same
            Map.entry("u", -6),
            Map.entry("n", -9),
            Map.entry("p", -12),
            Map.entry("f", -15),
            Map.entry("a", -18),
            Map.entry("z", -21),
            Map.entry("y", -24));

    /// Metres.
    private static final Map<String, BigDecimal> OTHER_LENGTHS = Map.ofEntries(
            Map.entry("\u00c5", new BigDecimal("1e-10")),
            Map.entry("\u212b", new BigDecimal("1e-10")), // the angstrom sign, which looks like the letter
            Map.entry("thou", new BigDecimal("25.4e-6")),
            Map.entry("li", new BigDecimal("25.4e-3").divide(BigDecimal.valueOf(12), MathContext.DECIMAL64)),
            Map.entry("in", new BigDecimal("25.4e-3")),
            Map.entry("ft", new BigDecimal("0.3048")),
            Map.entry("yd", new BigDecimal("0.9144")),
            Map.entry("mi", new BigDecimal("1609.344")),
            Map.entry("pt", new BigDecimal("25.4e-3").divide(BigDecimal.valueOf(72), MathContext.DECIMAL64)),
            Map.entry("ua", new BigDecimal("149597870700")),
            Map.entry("ly", new BigDecimal("9460730472580800")),
            Map.entry("pc", new BigDecimal("3.0856775814913673e16")));

    /// Seconds.
    private static final Map<String, BigDecimal> OTHER_TIMES = Map.of(
            "min", BigDecimal.valueOf(60),
            "h", BigDecimal.valueOf(3600),
            "d", BigDecimal.valueOf(86400));

    /// Lower case, without a plural; the two last are micro signs that were encoded twice or not decoded at all.
    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("micron", "µm"),
            Map.entry("micrometer", "µm"),
            Map.entry("micrometre", "µm"),
            Map.entry("nanometer", "nm"),
            Map.entry("nanometre", "nm"),
            Map.entry("millimeter", "mm"),
            Map.entry("millimetre", "mm"),
            Map.entry("inch", "in"),
            Map.entry("inche", "in"),
            Map.entry("angstrom", "\u00c5"),
            Map.entry("second", "s"),
            Map.entry("sec", "s"),
            Map.entry("millisecond", "ms"),
            Map.entry("msec", "ms"),
            Map.entry("\u00e2\u00b5m", "µm"),
            Map.entry("\\u00b5m", "µm"));

    private final String usual;
    private final String base;
    private final int counted;

    Measure(String usual, String base, int counted) {
        this.usual = usual;
        this.base = base;
        this.counted = counted;
    }

    /// The unit a number has when the file names none.
    String usual() {
        return usual;
    }

    /// How many of the units we count in one `unit` is; empty for a word that is no unit of this measure.
    Optional<BigDecimal> factor(String unit) {
        return inBase(unit).or(() -> spelt(unit).flatMap(this::inBase)).map(size -> size.scaleByPowerOfTen(counted));
    }

    private Optional<BigDecimal> inBase(String unit) {
        Map<String, BigDecimal> others =
                switch (this) {
                    case LENGTH, WAVELENGTH -> OTHER_LENGTHS;
                    case TIME -> OTHER_TIMES;
                    case POWER -> Map.of();
                };
        BigDecimal other = others.get(unit);
        if (other != null) {
            return Optional.of(other);
        }
        if (!unit.endsWith(base)) {
            return Optional.empty();
        }
        String prefix = unit.substring(0, unit.length() - base.length());
        return Optional.ofNullable(PREFIXES.get(prefix)).map(BigDecimal.ONE::scaleByPowerOfTen);
    }

    private static Optional<String> spelt(String unit) {
        String word = unit.toLowerCase(Locale.ROOT);
        String singular = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        return Optional.ofNullable(SPELLINGS.get(singular));
    }
}
