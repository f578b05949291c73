package io.cellferry.dataset.tiledb;

import java.util.Comparator;
import java.util.Optional;

/// The name of a file or folder that was written at a time: `__FIRST_LAST_UUID`, with the format's version behind it
/// where data are meant. Times are milliseconds since 1970. `text` is the whole name without an ending.
public record StampedName(String text, long first, long last, int version) {

    /// Oldest first; the unique part decides between equal times, so that every reader sees the same order.
    public static final Comparator<StampedName> BY_AGE = Comparator.comparingLong(StampedName::first)
            .thenComparingLong(StampedName::last)
            .thenComparing(StampedName::text);

    /// Version of names that carry none.
    public static final int NO_VERSION = 0;

    /// Empty for names of any other form, which readers have to pass over.
    public static Optional<StampedName> of(String name) {
        String[] parts = name.startsWith("__") ? name.substring(2).split("_", -1) : new String[0];
        if (parts.length < 3 || parts.length > 4 || parts[2].isEmpty()) {
            return Optional.empty();
        }
        try {
            int version = parts.length == 4 ? Integer.parseInt(parts[3]) : NO_VERSION;
            return Optional.of(new StampedName(name, Long.parseLong(parts[0]), Long.parseLong(parts[1]), version));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
