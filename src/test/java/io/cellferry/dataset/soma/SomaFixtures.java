package io.cellferry.dataset.soma;

import io.cellferry.dataset.tiledb.FolderOnDisk;
import io.cellferry.dataset.tiledb.StoredFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Experiments for tests: those `MakeSomaFixtures.java` lets TileDB write, and those of the corpus.
final class SomaFixtures {

    private SomaFixtures() {}

    static Path own(String name) {
        return Path.of("src/test/resources/soma", name + ".tar.gz");
    }

    static Path corpus(String name) {
        return Path.of("src/test/resources/corpus/soma", name);
    }

    /// Unpacks an archive into a new folder in `parent`.
    static Path unpacked(Path archive, Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, "soma");
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.write(target, tar.readAllBytes());
                }
            }
        }
        return folder.toRealPath();
    }

    static StoredFolder folder(Path root) {
        return new FolderOnDisk(root, root);
    }

    /// All files with content, in alphabetical order.
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    /// The only file of a folder; folders in it do not count.
    static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(Files::isRegularFile).toList();
            if (found.size() != 1) {
                throw new AssertionError("expected one file in %s, found %s".formatted(folder, found));
            }
            return found.getFirst();
        }
    }

    /// The one file whose path ends with `ending`.
    static Path file(Path folder, String ending) throws IOException {
        return files(folder).stream()
                .filter(file -> file.toString().endsWith(ending))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no file %s in %s".formatted(ending, folder)));
    }
}
