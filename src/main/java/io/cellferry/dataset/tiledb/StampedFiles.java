package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The stamped files of a folder that count: those no vacuum file names, oldest first.
final class StampedFiles {

    static final String VACUUM = ".vac";

    private StampedFiles() {}

    static List<StampedName> current(StoredFolder folder, String home) {
        List<String> names = folder.names(home);
        Set<String> replaced = new HashSet<>();
        for (String name : names) {
            if (name.endsWith(VACUUM)) {
                replaced.addAll(lastParts(folder, StoredFolder.join(home, name)));
            }
        }
        return names.stream()
                .filter(name -> !replaced.contains(name))
                .map(StampedName::of)
                .flatMap(Optional::stream)
                .sorted(StampedName.BY_AGE)
                .toList();
    }

    /// The last part of each path that a file of lines holds. All of them are stamped names, with an ending or
    /// without; anything else is damage, and passing over it could bring replaced data back.
    static List<String> lastParts(StoredFolder folder, String file) {
        List<String> parts = new ArrayList<>();
        for (String line : new String(folder.document(file), StandardCharsets.UTF_8).split("\n", -1)) {
            String path = line.endsWith("/") ? line.substring(0, line.length() - 1) : line;
            String part = path.substring(path.lastIndexOf('/') + 1);
            if (!part.isEmpty()) {
                requireStamp(folder, file, part);
                parts.add(part);
            }
        }
        return parts;
    }

    /// The stamp of a name without its ending.
    static Optional<StampedName> stamp(String name) {
        int dot = name.indexOf('.');
        return StampedName.of(dot < 0 ? name : name.substring(0, dot));
    }

    private static void requireStamp(StoredFolder folder, String file, String part) {
        if (stamp(part).isEmpty()) {
            throw folder.refusal(file, new Malformed("it names \"%s\", which is no stamped name".formatted(part)));
        }
    }
}
