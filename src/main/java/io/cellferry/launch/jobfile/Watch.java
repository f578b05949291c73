package io.cellferry.launch.jobfile;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A folder whose arriving files are converted, one run for each.
///
/// `pattern` is a glob over file names. With `done`, a file has arrived when a file of its name and that suffix lies
/// beside it; without, when its size and time have not changed for as long as `settle`.
public record Watch(Path folder, String pattern, Optional<String> done, Duration settle) {

    public static final Duration SETTLE = Duration.ofSeconds(30);

    /// As copying programs and browsers call what they have not finished.
    private static final List<String> UNFINISHED =
            List.of(".part", ".partial", ".filepart", ".tmp", ".crdownload", "~");

    public Watch {
        if (pattern.indexOf('/') >= 0) {
            throw new IllegalArgumentException("it is a pattern of file names, without folders");
        }
        FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }

    /// Whether a file of that name is waited for.
    public boolean waitsFor(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && UNFINISHED.stream().noneMatch(lower::endsWith)
                && done.filter(name::endsWith).isEmpty()
                && FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
    }
}
