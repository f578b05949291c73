package io.cellferry.storage;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.Problem;
import io.cellferry.failure.StorageFailed;
import io.cellferry.storage.OutputManifest.FileEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Compares an output with the manifest beside it.
///
/// Codes: `verify.output.missing`, `verify.manifest.missing`, `verify.manifest.damaged`, `verify.file.missing`,
/// `verify.file.extra`, `verify.file.size`, `verify.file.hash`. No problems means: as it was published.
public final class ManifestCheck {

    private static final String MAKE_AGAIN = "Restore it from a copy, or make the output again with --replace.";

    /// Without its manifest it is nothing that a run would replace.
    private static final String MOVE_AWAY = "Restore it from a copy, or move the output away and make it again.";

    /// Large enough that a disk reads front to back, small against any memory budget.
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path output;
    private final List<Problem> problems = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private ManifestCheck(Path output) {
        this.output = output;
    }

    /// Which files' contents to read.
    private interface Choice {
        boolean hashes(FileEntry file);
    }

    /// Names and sizes only.
    public static List<Problem> quick(Path output) {
        return new ManifestCheck(output).run(file -> false);
    }

    /// Names, sizes, and the SHA-256 of every file.
    public static List<Problem> full(Path output) {
        return new ManifestCheck(output).run(file -> true);
    }

    /// Names, sizes, and the SHA-256 of a share (0 to 1) of the files; the same seed reads the same files.
    public static List<Problem> sample(Path output, double share, long seed) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share %s must lie between 0 and 1".formatted(share));
        }
        SplittableRandom random = new SplittableRandom(seed);
        return new ManifestCheck(output).run(file -> random.nextDouble() < share);
    }

    private List<Problem> run(Choice choice) {
        Path manifest = RunPlaces.of(output).manifest();
        if (!RunPlaces.exists(output)) {
            add("verify.output.missing", output, "expected an output, found nothing", "Check the path.");
        } else if (!RunPlaces.exists(manifest)) {
            add("verify.manifest.missing", manifest, "expected the manifest of the output, found nothing", MOVE_AWAY);
        } else {
            Optional<OutputManifest> read = OutputManifest.read(output);
            if (read.isEmpty()) {
                add("verify.manifest.damaged", manifest, "expected a manifest, found something else", MOVE_AWAY);
            } else {
                compare(read.get(), choice);
            }
        }
        return List.copyOf(problems);
    }

    private void compare(OutputManifest manifest, Choice choice) {
        boolean folder = Files.isDirectory(output);
        for (FileEntry entry : manifest.files()) {
            Path file = folder ? output.resolve(entry.path()) : output.resolveSibling(entry.path());
            // Asked for every file, so that a seed chooses the same files whatever is wrong with some of them.
            boolean hashes = choice.hashes(entry);
            compare(entry, file, hashes);
        }
        if (folder) {
            extraFiles(manifest.files());
        }
    }

    private void compare(FileEntry entry, Path file, boolean hashes) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                add("verify.file.missing", file, "expected a file, found none", MAKE_AGAIN);
                return;
            }
            long bytes = Files.size(file);
            if (bytes != entry.bytes()) {
                String found = "expected %,d bytes, found %,d".formatted(entry.bytes(), bytes);
                add("verify.file.size", file, found, MAKE_AGAIN);
            } else if (hashes) {
                String hash = hash(file);
                if (!hash.equals(entry.sha256())) {
                    String found = "expected SHA-256 %s, found %s".formatted(entry.sha256(), hash);
                    add("verify.file.hash", file, found, MAKE_AGAIN);
                }
            }
        } catch (NoSuchFileException e) {
            add("verify.file.missing", file, "expected a file, found that it goes away while we look", MAKE_AGAIN);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private void extraFiles(List<FileEntry> files) {
        Set<String> published = new HashSet<>();
        for (FileEntry file : files) {
            String path = file.path();
            // From the file up; where a folder is known, those above it are.
            for (int end = path.length(); end >= 0 && published.add(path.substring(0, end)); ) {
                end = path.lastIndexOf('/', end - 1);
            }
        }
        try (Stream<Path> walk = Files.walk(output)) {
            walk.filter(path -> !path.equals(output) && !published.contains(relative(path)))
                    .filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || isEmpty(path))
                    .sorted()
                    .forEach(path -> add(
                            "verify.file.extra",
                            path,
                            Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                                    ? "expected only the files of the manifest, found an empty folder"
                                    : "expected only the files of the manifest, found another one",
                            "Move it out of the output."));
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(output, e);
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String relative(Path path) {
        return output.relativize(path).toString().replace('\\', '/');
    }

    private String hash(Path file) throws IOException {
        MessageDigest digest = Sha256.start();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
            }
        }
        return Sha256.hex(digest);
    }

    private void add(String code, Path where, String found, String remedy) {
        problems.add(Problem.refusal(code, where.toString(), found, remedy));
    }

    private static StorageFailed unreadable(Path where, Exception cause) {
        return new StorageFailed(
                "%s: expected to read it, found: %s.".formatted(where, IoWords.of(cause)),
                "Check the disk and the permissions, then verify again.",
                cause);
    }
}
