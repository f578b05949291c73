package io.cellferry.cellucid;

import io.cellferry.failure.RequestRefused;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an export says about itself. `id` becomes a folder name and part of addresses; `createdAt` is UTC, to the
/// second, and the only time that reaches the output.
public record DatasetCard(
        String id, String name, String description, String createdAt, Optional<SourceReference> source) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,179}");
    /// Names Windows keeps for devices, whatever follows the first dot.
    private static final Pattern DEVICE = Pattern.compile("(CON|PRN|AUX|NUL|COM[1-9]|LPT[1-9])");

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    public DatasetCard {
        if (!isPortableId(id)) {
            throw new RequestRefused(
                    "--dataset-id: expected letters, digits, dots, dashes and underscores, at most 180, beginning with a"
                            + " letter or digit, not ending in a dot and not a Windows device name; found \"%s\"."
                                    .formatted(id),
                    "Choose an identifier like pbmc-3k.v1.");
        }
        DisplayText.require("--dataset-name", name);
        if (!description.isEmpty()) {
            DisplayText.require("--description", description);
        }
        if (!isSecond(createdAt)) {
            throw new RequestRefused(
                    "--created-at: expected a real time like 2026-01-31T12:00:00Z, found \"%s\".".formatted(createdAt),
                    "Give the time in UTC to the second, or leave the option out.");
        }
    }

    /// Whether `id` can name a data set: it becomes a folder name and part of addresses on every system.
    public static boolean isPortableId(String id) {
        if (!ID.matcher(id).matches() || id.endsWith(".")) {
            return false;
        }
        int dot = id.indexOf('.');
        String first = dot < 0 ? id : id.substring(0, dot);
        return !DEVICE.matcher(first.toUpperCase(Locale.ROOT)).matches();
    }

    static boolean isSecond(String text) {
        try {
            return text.length() == 20 && !LocalDateTime.parse(text, SECONDS).isBefore(LocalDateTime.of(1, 1, 1, 0, 0));
        } catch (DateTimeException e) {
            return false;
        }
    }
}
