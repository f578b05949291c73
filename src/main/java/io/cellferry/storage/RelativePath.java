package io.cellferry.storage;

import java.nio.file.Path;
import java.util.List;

/// A file's place inside an area, checked: whatever a data set calls its parts, nothing leaves the staging folder.
final class RelativePath {

    /// The ending of files being written, reserved for them.
    static final String TEMPORARY = ".part";

    private RelativePath() {}

    static Path resolve(Path root, String relativePath) {
        List<String> parts = List.of(relativePath.split("/", -1));
        boolean bad = relativePath.indexOf('\\') >= 0
                || relativePath.indexOf('\0') >= 0
                || relativePath.endsWith(TEMPORARY)
                || parts.stream().anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (bad) {
            throw new IllegalArgumentException(
                    "'%s' must be a relative path with / and without . or .. that does not end in %s"
                            .formatted(relativePath, TEMPORARY));
        }
        return root.resolve(relativePath);
    }

    static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }
}
