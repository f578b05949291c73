package io.cellferry.genemajor;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// Which names of members can be names of folders in a store without leaving it or hiding its metadata.
///
/// A slash is allowed, because AnnData itself takes `nCount/RNA` for a path.
final class MemberName {

    private static final Set<String> TAKEN = Set.of("zarr.json", ".zgroup", ".zarray", ".zattrs", ".zmetadata");
    private static final int MOST_BYTES = 255;

    private MemberName() {}

    /// What is wrong with `name`, to follow the words "its name".
    static Optional<String> unfit(String name) {
        for (String part : name.split("/", -1)) {
            if (part.isEmpty()) {
                return Optional.of("has an empty part");
            }
            if (part.equals(".") || part.equals("..")) {
                return Optional.of("leads out of its folder");
            }
            if (TAKEN.contains(part)) {
                return Optional.of("is that of a metadata file");
            }
            if (part.indexOf('\\') >= 0) {
                return Optional.of("holds a backslash, which parts names on other machines");
            }
            if (part.chars().anyMatch(Character::isISOControl)) {
                return Optional.of("holds a control character");
            }
            if (part.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
                return Optional.of("is longer than %d bytes".formatted(MOST_BYTES));
            }
        }
        return Optional.empty();
    }
}
