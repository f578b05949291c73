package io.cellferry.launch.cli;

import io.cellferry.failure.RequestRefused;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes as people write and read them. Units are powers of 1,024 whether written `GB`, `GiB` or `g`.
final class Sizes {

    private static final Pattern SIZE =
            Pattern.compile("([0-9]+)\\s*(?:([kmgt])(?:i?b)?|b)?", Pattern.CASE_INSENSITIVE);

    private Sizes() {}

    static long parse(String option, String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            throw new RequestRefused(
                    "Option %s must be a size such as 2GB or 800MB, not \"%s\".".formatted(option, text),
                    "Correct the value of %s.".formatted(option));
        }
        String unit = Optional.ofNullable(size.group(2)).orElse(" ").toLowerCase(Locale.ROOT);
        int shift = 10 * " kmgt".indexOf(unit);
        try {
            return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << shift);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new RequestRefused(
                    "Option %s says %s, which is more bytes than can be counted.".formatted(option, text),
                    "Correct the value of %s.".formatted(option),
                    e);
        }
    }

    static String text(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = 0;
        // 1,023.5 and more would be written as 1024 of the smaller unit, 9.95 and more as 10.0.
        while (value >= 1023.5 && unit < 4) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %sB" : "%.0f %sB", value, "kMGT".charAt(unit - 1));
    }
}
