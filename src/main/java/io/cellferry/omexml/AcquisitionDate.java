package io.cellferry.omexml;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dates as OME-XML writes them: `2025-10-08T09:30:00`, with fractions of a second and a time zone if known.
final class AcquisitionDate {

    private static final Pattern DATE_TIME =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}:\\d{2})(\\.\\d{1,9})?"
                    + "(Z|[+-](?:0\\d|1[0-3]):[0-5]\\d|[+-]14:00)?");

    private AcquisitionDate() {}

    /// `text` as the schema wants it; a space between date and time is taken too. Empty if it is no date.
    static Optional<String> of(String text) {
        Matcher parts = DATE_TIME.matcher(text.strip());
        if (!parts.matches() || parts.group(1).startsWith("0000")) {
            return Optional.empty();
        }
        try {
            LocalDate.parse(parts.group(1));
            LocalTime.parse(parts.group(2));
        } catch (DateTimeException e) {
            return Optional.empty(); // a 13th month or a 61st second
        }
        return Optional.of(text.strip().replace(' ', 'T'));
    }
}
