package io.cellferry.storage;

import java.nio.file.Path;
import java.util.List;

/// A file's place inside an area, checked: whatever a data set calls its parts, nothing leaves the staging folder.
final class RelativePath {

    /// The ending of files being written, reserved for them.
    static final String TEMPORARY = ".part";

    private RelativePath() {}

    static Path resolve(Path root, String relativePath) {
        requireSound(relativePath);
        return root.resolve(relativePath);
    }

    static boolean isSound(String relativePath) {
        List<String> parts = List.of(relativePath.split("/", -1));
        return relativePath.indexOf('\\') < 0
                && relativePath.indexOf('\0') < 0
                && !relativePath.endsWith(TEMPORARY)
                && parts.stream().noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    static void requireSound(String relativePath) {
        if (!isSound(relativePath)) {
            throw new IllegalArgumentException(
                    "'%s' must be a relative path with / and without . or .. that does not end in %s"
                            .formatted(relativePath, TEMPORARY));
        }
    }

    static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }
}
