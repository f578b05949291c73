package io.cellferry.celldive;

import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A person's own grammar for names of scans: a regular expression that a whole name without its ending matches, letter
/// case ignored, and whose named groups are the parts of the name.
public final class NamePattern {

    private static final List<String> GROUPS = List.of("prefix", "sample", "round", "region", "dye", "marker", "rest");

    /// Where there is only one region, names need not say it.
    private static final String ONLY_REGION = "R000";

    /// Regions become names of folders.
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final Pattern pattern;

    private NamePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// Refuses what is no regular expression, and groups that mean nothing.
    public static NamePattern of(String expression) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        } catch (PatternSyntaxException e) {
            throw new RequestRefused(
                    "Option names must be a regular expression: %s at character %,d of %s."
                            .formatted(e.getDescription(), e.getIndex() + 1, expression),
                    "Correct it; (?<marker>[^_]+) is a group called marker.",
                    e);
        }
        TreeSet<String> unknown = new TreeSet<>(pattern.namedGroups().keySet());
        GROUPS.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new RequestRefused(
                    "Option names has groups that mean nothing: %s.".formatted(String.join(", ", unknown)),
                    "Groups may be called %s.".formatted(String.join(", ", GROUPS)));
        }
        if (!pattern.namedGroups().containsKey("dye") && !pattern.namedGroups().containsKey("marker")) {
            throw new RequestRefused(
                    "Option names needs a group called dye or one called marker, which tells channels apart.",
                    "Name one like (?<marker>[^_]+).");
        }
        return new NamePattern(pattern);
    }

    /// What `file`, an image whose name without its ending is `stem`, says.
    NameReading read(String file, String stem) {
        Matcher matcher = pattern.matcher(stem);
        if (!matcher.matches()) {
            return unmatched(file, "the whole name without its ending was expected to match --names");
        }
        String region = part(matcher, "region");
        if (!region.isEmpty() && !REGION.matcher(region).matches()) {
            return unmatched(file, "a region of letters, digits and - was expected, found " + region);
        }
        String round = part(matcher, "round");
        if (!round.isEmpty() && !Round.isNumbers(round)) {
            return unmatched(file, "a round like 2 or 1.0.4 was expected, found " + round);
        }
        String dye = Dye.spelled(part(matcher, "dye"));
        String marker = part(matcher, "marker");
        if (dye.isEmpty() && marker.isEmpty()) {
            return unmatched(file, "a dye or a marker was expected, found neither");
        }
        return new NameReading.Scan(new ScanName(
                file,
                part(matcher, "prefix"),
                Optional.empty(),
                Optional.of(part(matcher, "sample")).filter(sample -> !sample.isEmpty()),
                round.isEmpty() ? Round.NONE : Round.of(round),
                region.isEmpty() ? ONLY_REGION : region.toUpperCase(Locale.ROOT),
                dye,
                marker,
                part(matcher, "rest")));
    }

    /// Empty for a group that is not in the pattern, or not in this name.
    private String part(Matcher matcher, String group) {
        if (!pattern.namedGroups().containsKey(group)) {
            return "";
        }
        String found = matcher.group(group);
        return found == null ? "" : found;
    }

    private static NameReading unmatched(String file, String found) {
        return new NameReading.Unmatched(Problem.warning(
                "scans.name.pattern",
                file,
                "is left out: %s.".formatted(found),
                "Widen the pattern of --names, or move the file away."));
    }
}
