package io.cellferry.omexml;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Tells whether a `UUID` of a `TiffData` means the file the text comes from.
///
/// It does if its identifier is the text's own, which survives renaming, or if its file name is the file's, which
/// survives rewriting. With neither a name nor an identifier of the text to compare with, it is taken to be this
/// file. A file that was renamed and whose text has no identifier looks like another one.
final class OwnFile {

    private final Optional<String> identifier;
    private final String fileName;

    /// Names seen so far: planes by the thousand lie in few files and should not hold a copy each.
    private final Map<String, String> names = new HashMap<>();

    /// `file` is the name or the path of the file, `identifier` what the `OME` element is called.
    OwnFile(String file, Optional<String> identifier) {
        this.fileName = lastName(file);
        this.identifier = identifier.map(OwnFile::bare).filter(text -> !text.isEmpty());
    }

    /// The name of another file that is meant, its identifier if it has none; empty if this file is.
    Optional<String> other(String uuid, Optional<String> name) {
        Optional<String> named = name.filter(text -> !text.isBlank());
        String bare = bare(uuid);
        boolean own = identifier.filter(bare::equals).isPresent()
                || named.filter(text -> lastName(text).equals(fileName)).isPresent()
                || (named.isEmpty() && (identifier.isEmpty() || bare.isEmpty()));
        if (own) {
            return Optional.empty();
        }
        return Optional.of(names.computeIfAbsent(named.orElse(uuid), seen -> seen));
    }

    private static String lastName(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return name.toLowerCase(Locale.ROOT);
    }

    private static String bare(String uuid) {
        String lower = uuid.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("urn:uuid:") ? lower.substring("urn:uuid:".length()) : lower;
    }
}
