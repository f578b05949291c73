package io.cellferry.launch.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Sizes, times and texts as a report writes them.
final class Words {

    /// A message may quote a line of a damaged file; nobody reads more of it than this.
    private static final int LONGEST = 4_000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Words() {}

    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }

    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1023.5 && unit < 4) {
            value /= 1024;
            unit++;
        }
        return unit == 0
                ? bytes + " B"
                : String.format(Locale.ROOT, value < 99.95 ? "%.1f %cB" : "%.0f %cB", value, "kMGT".charAt(unit - 1));
    }

    static String files(long files) {
        return files == 1 ? "1 file" : "%,d files".formatted(files);
    }

    static String seconds(double seconds) {
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? "%d min %d s".formatted(whole / 60, whole % 60)
                : "%d h %d min".formatted(whole / 3600, whole / 60 % 60);
    }

    static String seconds(Duration time) {
        return seconds(Math.max(0, time.toMillis()) / 1000.0);
    }

    static String time(Instant at) {
        return TIME.format(at);
    }
}
