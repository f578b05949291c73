package io.cellferry.storage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What tells one state of an input from another without reading all of it.
///
/// A single file counts as one file. `lastModified` is that of the youngest file. `namesSha256` covers the relative
/// names, sizes and times of all files in order, `contentSha256` the sampled bytes that [SampledContent] chooses. The
/// path itself is not part of it: a copy with its times kept is the same input.
public record InputFingerprint(long files, long bytes, Instant lastModified, String namesSha256, String contentSha256) {

    public InputFingerprint {
        Objects.requireNonNull(lastModified, "lastModified");
        Objects.requireNonNull(namesSha256, "namesSha256");
        Objects.requireNonNull(contentSha256, "contentSha256");
    }

    /// Takes a bounded time on huge files: at most 3 MiB are read of a file, 16 MiB of a folder.
    public static InputFingerprint of(Path input) {
        return SampledContent.fingerprint(input);
    }

    /// Of `folder` as far as its files called `names` go, in that order; whatever lies beside them may come and go.
    public static InputFingerprint of(Path folder, List<String> names) {
        return SampledContent.fingerprint(folder, names);
    }

    /// In words what is different in `now`; empty if nothing is.
    public List<String> differences(InputFingerprint now) {
        List<String> different = new ArrayList<>();
        if (files != now.files) {
            different.add("it had %,d files and now has %,d".formatted(files, now.files));
        }
        if (bytes != now.bytes) {
            different.add("it had %,d bytes and now has %,d".formatted(bytes, now.bytes));
        }
        if (!lastModified.equals(now.lastModified)) {
            different.add("it was last modified at %s and now at %s".formatted(lastModified, now.lastModified));
        }
        if (!contentSha256.equals(now.contentSha256)) {
            different.add("sampled bytes of its content differ");
        }
        if (different.isEmpty() && !namesSha256.equals(now.namesSha256)) {
            different.add("the names, sizes or times of single files differ");
        }
        return List.copyOf(different);
    }
}
