package io.cellferry.omexml;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The attributes of one element, and the values they hold. A value that cannot be read is empty and a finding.
///
/// Several names for a value are those of several years of the schema; the first that is there counts.
record Attributes(String place, Map<String, String> texts, Findings findings) {

    private static final String CORRECT = "Correct it in the file's OME-XML; until then the value counts as unknown.";

    /// Longer than any number a program writes, and short enough to be read at once.
    private static final int LONGEST_NUMBER = 100;

    /// Powers of ten beyond which no 32-bit float lies, with room for any unit.
    private static final int FARTHEST_POWER = 100;

    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?");
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final Pattern SIZELESS = Pattern.compile("(?i)pixels?|reference frame");

    /// As these, with those of `inner` counting first: earlier years split one part over two elements.
    Attributes with(Map<String, String> inner) {
        Map<String, String> both = new HashMap<>(texts);
        both.putAll(inner);
        return new Attributes(place, both, findings);
    }

    /// These, with findings at another place.
    Attributes at(String otherPlace) {
        return new Attributes(otherPlace, texts, findings);
    }

    /// A text that is not blank.
    Optional<String> text(String... names) {
        return firstOf(names).map(texts::get);
    }

    Optional<Double> number(NumberRange range, String... names) {
        return firstOf(names).flatMap(name -> number(name, range, BigDecimal.ONE));
    }

    /// A number in the unit that `measure` counts in; the unit stands in the attribute called as the number with
    /// `Unit` behind.
    Optional<Double> quantity(Measure measure, NumberRange range, String... names) {
        Optional<String> named = firstOf(names);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        String name = named.get();
        String unit = text(name + "Unit").map(String::strip).orElse(measure.usual());
        if (SIZELESS.matcher(unit).matches()) {
            findings.note(
                    "input.ome.unit",
                    where(name + "Unit"),
                    "a unit of %s was expected, found '%s', which has no size".formatted(words(measure), unit),
                    "Nothing needs to be done unless the size matters; it counts as unknown.");
            return Optional.empty();
        }
        Optional<BigDecimal> factor = measure.factor(unit);
        if (factor.isEmpty()) {
            findings.warn(
                    "input.ome.unit",
                    where(name + "Unit"),
                    "a unit of %s such as '%s' was expected, found '%s'"
                            .formatted(words(measure), measure.usual(), shortened(unit)),
                    CORRECT);
            return Optional.empty();
        }
        return number(name, range, factor.get());
    }

    /// A whole number from `least` to `most`.
    Optional<Long> whole(long least, long most, String... names) {
        Optional<String> named = firstOf(names);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        String text = texts.getOrDefault(named.get(), "").strip();
        Optional<Long> value = Optional.empty();
        if (WHOLE.matcher(text).matches()) {
            value = Optional.of(Long.parseLong(text)).filter(number -> number >= least && number <= most);
        }
        if (value.isEmpty()) {
            findings.warn(
                    "input.ome.number",
                    where(named.get()),
                    "a whole number from %,d to %,d was expected, found '%s'".formatted(least, most, shortened(text)),
                    CORRECT);
        }
        return value;
    }

    private Optional<Double> number(String name, NumberRange range, BigDecimal factor) {
        String text = texts.getOrDefault(name, "").strip();
        Optional<Double> value = decimal(text)
                .map(number -> number.multiply(factor).doubleValue())
                .filter(range::holds);
        if (value.isEmpty()) {
            findings.warn(
                    "input.ome.number",
                    where(name),
                    "%s was expected, found '%s'".formatted(range.words(), shortened(text)),
                    CORRECT);
        }
        return value;
    }

    private static Optional<BigDecimal> decimal(String text) {
        if (text.length() > LONGEST_NUMBER || !DECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(text);
        long power = (long) number.precision() - number.scale();
        return number.signum() == 0
                ? Optional.of(BigDecimal.ZERO)
                : Optional.of(number).filter(any -> Math.abs(power) <= FARTHEST_POWER);
    }

    private Optional<String> firstOf(String... names) {
        for (String name : names) {
            if (!texts.getOrDefault(name, "").isBlank()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private String where(String name) {
        return place + ", attribute " + name;
    }

    private static String words(Measure measure) {
        return switch (measure) {
            case LENGTH, WAVELENGTH -> "length";
            case TIME -> "time";
            case POWER -> "power";
        };
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
