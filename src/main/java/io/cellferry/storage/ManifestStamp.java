package io.cellferry.storage;

import io.cellferry.failure.RequestRefused;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/// Tells one manifest of an output from the next without reading it: each is a file of its own under the same name.
public record ManifestStamp(String key, FileTime modified, long bytes) {

    /// That of the manifest beside `output`; empty when `output` is not finished, or could not be an output.
    public static Optional<ManifestStamp> of(Path output) {
        RunPlaces places;
        try {
            places = RunPlaces.of(output);
        } catch (RequestRefused e) {
            return Optional.empty();
        }
        return new RefusingDisk(new RealDisk()).get("looking at it", places.manifest(), 0, () -> {
            try {
                BasicFileAttributes manifest =
                        Files.readAttributes(places.manifest(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                return manifest.isRegularFile()
                        ? Optional.of(new ManifestStamp(
                                String.valueOf(manifest.fileKey()), manifest.lastModifiedTime(), manifest.size()))
                        : Optional.<ManifestStamp>empty();
            } catch (NoSuchFileException e) {
                return Optional.<ManifestStamp>empty();
            }
        });
    }

    /// The output whose manifest is called `name`; empty for every other name.
    public static Optional<String> outputName(String name) {
        String suffix = RunPlaces.MANIFEST_SUFFIX;
        return name.endsWith(suffix) && name.length() > suffix.length() && !name.startsWith(".")
                ? Optional.of(name.substring(0, name.length() - suffix.length()))
                : Optional.empty();
    }
}
