package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import io.cellferry.omezarr.StoredPyramid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The images of an output: itself, or those right below it. There one that is an image vouches for the others: a
/// folder that is called like one and cannot be read is a damaged one.
final class PyramidImages {

    private PyramidImages() {}

    static List<Path> in(Path output) {
        if (!Files.isDirectory(output)) {
            return List.of();
        }
        if (StoredPyramid.isOne(output)) {
            return List.of(output);
        }
        try (Stream<Path> below = Files.list(output)) {
            List<Path> folders = below.filter(folder -> folder.toString().endsWith(".zarr"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
            return folders.stream().anyMatch(StoredPyramid::isOne) ? folders : List.of();
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s: expected a readable folder, found: %s.".formatted(output, IoWords.of(e)),
                    "Check the permissions and the disk, then run the same command again.",
                    e);
        }
    }
}
