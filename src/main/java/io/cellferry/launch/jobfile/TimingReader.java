package io.cellferry.launch.jobfile;

import io.cellferry.jobs.NearestWord;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// Reads what stands below `schedule:` and `watch:`.
final class TimingReader {

    private static final List<String> SCHEDULE_KEYS = List.of("cron", "zone", "missed");
    private static final List<String> WATCH_KEYS = List.of("folder", "pattern", "done", "settle");
    private static final List<String> MISSED = List.of("once", "skip");
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(s|m|h)");

    /// The same files mean the same on every machine.
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final Mistakes mistakes;
    private final Path folder;

    /// `folder` is that of the job file.
    TimingReader(Mistakes mistakes, Path folder) {
        this.mistakes = mistakes;
        this.folder = folder;
    }

    /// Either the cron alone, or a mapping.
    Optional<Schedule> schedule(Node node) {
        if (node instanceof ScalarNode cron) {
            return schedule(cron, UTC, Schedule.Missed.ONCE);
        }
        TextFields fields = new TextFields(mistakes, "schedule", node, SCHEDULE_KEYS);
        ZoneId zone = fields.find("zone").map(this::zone).orElse(UTC);
        Schedule.Missed missed = fields.find("missed").map(this::missed).orElse(Schedule.Missed.ONCE);
        return fields.require("cron").flatMap(cron -> schedule(cron, zone, missed));
    }

    private Optional<Schedule> schedule(ScalarNode cron, ZoneId zone, Schedule.Missed missed) {
        try {
            return Optional.of(new Schedule(cron.getValue().strip(), zone, missed));
        } catch (IllegalArgumentException e) {
            mistakes.at(cron, "`%s` is no time to run at: %s".formatted(cron.getValue(), e.getMessage()));
            return Optional.empty();
        }
    }

    private ZoneId zone(ScalarNode said) {
        try {
            return ZoneId.of(said.getValue());
        } catch (DateTimeException e) {
            mistakes.at(
                    said,
                    "there is no time zone `%s`; the nearest is `%s`"
                            .formatted(
                                    said.getValue(),
                                    NearestWord.to(
                                            said.getValue(),
                                            ZoneId.getAvailableZoneIds().stream()
                                                    .sorted()
                                                    .toList())));
            return UTC;
        }
    }

    private Schedule.Missed missed(ScalarNode said) {
        return switch (said.getValue()) {
            case "once" -> Schedule.Missed.ONCE;
            case "skip" -> Schedule.Missed.SKIP;
            default -> {
                mistakes.at(
                        said, "`missed` must be %s, not `%s`".formatted(String.join(" or ", MISSED), said.getValue()));
                yield Schedule.Missed.ONCE;
            }
        };
    }

    Optional<Watch> watch(Node node) {
        TextFields fields = new TextFields(mistakes, "watch", node, WATCH_KEYS);
        Optional<ScalarNode> folderSaid = fields.require("folder");
        Optional<ScalarNode> patternSaid = fields.require("pattern");
        Optional<String> done = fields.find("done").map(this::suffix);
        if (done.isPresent()) {
            fields.find("settle")
                    .ifPresent(said -> mistakes.at(
                            said, "`settle` says nothing beside `done`: the marker alone tells that a file is whole"));
        }
        Duration settle = fields.find("settle").map(this::duration).orElse(Watch.SETTLE);
        Optional<Path> place = folderSaid.flatMap(this::path);
        return patternSaid.flatMap(pattern -> place.flatMap(path -> watch(path, pattern, done, settle)));
    }

    private Optional<Watch> watch(Path place, ScalarNode pattern, Optional<String> done, Duration settle) {
        try {
            return Optional.of(new Watch(place, pattern.getValue(), done, settle));
        } catch (PatternSyntaxException e) {
            mistakes.at(pattern, "`%s` is no pattern: %s".formatted(pattern.getValue(), e.getDescription()));
        } catch (IllegalArgumentException e) {
            mistakes.at(pattern, "`%s` is no pattern: %s".formatted(pattern.getValue(), e.getMessage()));
        }
        return Optional.empty();
    }

    private String suffix(ScalarNode said) {
        if (said.getValue().indexOf('/') >= 0) {
            mistakes.at(said, "`done` must be the end of a file name, such as .done");
        }
        return said.getValue();
    }

    private Duration duration(ScalarNode said) {
        Matcher matcher = DURATION.matcher(said.getValue());
        if (!matcher.matches()) {
            mistakes.at(said, "`settle` must be a time such as 30s, 5m or 1h, not `%s`".formatted(said.getValue()));
            return Watch.SETTLE;
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    private Optional<Path> path(ScalarNode said) {
        try {
            return Optional.of(SaidPath.in(folder, Path.of(said.getValue())));
        } catch (InvalidPathException e) {
            mistakes.at(said, "`folder` is not a path: %s".formatted(e.getMessage()));
            return Optional.empty();
        }
    }
}
