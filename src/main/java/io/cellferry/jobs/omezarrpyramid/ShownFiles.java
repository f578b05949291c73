package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.celldive.ScanChannel;
import io.cellferry.celldive.ScanFolder;
import io.cellferry.storage.OutputHeading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which scan each channel of an image was made from, by the name it is shown with.
///
/// The manifest beside the output knows, also when a pattern or a table named the channels. Without it, or with scans
/// of other names, the names of the scans have to tell.
final class ShownFiles {

    /// In the details of the manifest: files by shown name, for the folder of each image. Published.
    static final String DETAIL = "shown";

    private ShownFiles() {}

    /// Empty when `scans` has no region for `image`.
    static Optional<Map<String, Path>> of(Path image, ScanFolder scans) {
        return told(image, scans.folder()).or(() -> named(image, scans));
    }

    /// The folders of the images in `output`; none when its manifest does not tell.
    static List<String> images(Path output) {
        return byImage(output).keySet().stream().map(String::valueOf).toList();
    }

    private static Map<?, ?> byImage(Path output) {
        Optional<OutputHeading> manifest = OutputHeading.read(output);
        return manifest.isPresent() && manifest.get().details().get(DETAIL) instanceof Map<?, ?> images
                ? images
                : Map.of();
    }

    private static Optional<Map<String, Path>> told(Path image, Path scans) {
        Path folder = scans.toAbsolutePath().normalize();
        Path output = image.toAbsolutePath().getParent();
        if (output == null
                || !(byImage(output).get(String.valueOf(image.getFileName())) instanceof Map<?, ?> channels)) {
            return Optional.empty();
        }
        Map<String, Path> files = new LinkedHashMap<>();
        channels.forEach((shown, file) -> files.put(
                String.valueOf(shown), folder.resolve(String.valueOf(file)).normalize()));
        boolean there =
                files.values().stream().allMatch(file -> folder.equals(file.getParent()) && Files.isRegularFile(file));
        return there ? Optional.of(files) : Optional.empty();
    }

    private static Optional<Map<String, Path>> named(Path image, ScanFolder scans) {
        String name = String.valueOf(image.getFileName()).toUpperCase(Locale.ROOT);
        return scans.regions().stream()
                .filter(one -> name.equals(one.id() + ".ZARR") || name.endsWith("_" + one.id() + ".ZARR"))
                .findFirst()
                .map(region -> {
                    Map<String, Path> files = new LinkedHashMap<>();
                    for (ScanChannel channel : region.channels()) {
                        files.put(channel.shown(), channel.file());
                    }
                    return files;
                });
    }
}
