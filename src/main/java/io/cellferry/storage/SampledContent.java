package io.cellferry.storage;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Which bytes of an input its fingerprint reads.
///
/// Of a single file: the first and the last MiB, where formats keep headers and indexes and where cut-off or appended
/// copies differ, and 16 blocks of 64 KiB spread evenly between. Of a folder: the first 64 KiB of 256 files spread
/// evenly over the sorted names, files of the system left out. All positions follow from sizes alone.
final class SampledContent {

    private static final int EDGE_BYTES = 1 << 20;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int BLOCKS = 16;
    private static final int SAMPLED_FILES = 256;

    private final MessageDigest names = Sha256.start();
    private final MessageDigest content = Sha256.start();
    private final ByteBuffer buffer = ByteBuffer.allocate(BLOCK_BYTES);
    private long files;
    private long bytes;
    private Instant lastModified = Instant.EPOCH;

    private SampledContent() {}

    static InputFingerprint fingerprint(Path input) {
        return fingerprint(input, taken -> {
            if (Files.isDirectory(input)) {
                taken.folder(input, namesIn(input));
            } else {
                taken.add(input, "");
                taken.edgesAndBlocks(input);
            }
        });
    }

    static InputFingerprint fingerprint(Path folder, List<String> names) {
        return fingerprint(folder, taken -> taken.folder(folder, names));
    }

    private interface Taking {
        void from(SampledContent taken) throws IOException;
    }

    private static InputFingerprint fingerprint(Path input, Taking taking) {
        if (!Files.exists(input)) {
            throw InputRefused.ofAnotherState(
                    "%s: expected a file or folder to read, found nothing.".formatted(input),
                    "Check the path, and that the file system it lies on is mounted.");
        }
        SampledContent taken = new SampledContent();
        try {
            taking.from(taken);
        } catch (IOException e) {
            throw unreadable(input, e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof FileSystemLoopException loop) {
                throw new InputRefused(
                        "%s: %s is a symbolic link to a folder that it lies in itself."
                                .formatted(input, input.relativize(Path.of(loop.getFile()))),
                        "Remove the link, or give a copy of the input without it.",
                        e);
            }
            throw unreadable(input, e);
        }
        return new InputFingerprint(
                taken.files, taken.bytes, taken.lastModified, Sha256.hex(taken.names), Sha256.hex(taken.content));
    }

    /// One string per file: a store of a million chunks takes about 100 MB here, before the run begins and when it
    /// has let go of everything else.
    private static List<String> namesIn(Path input) throws IOException {
        try (Stream<Path> walk = Files.walk(input, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !isOfTheSystem(String.valueOf(file.getFileName())))
                    // A backslash is part of a name where it does not separate any.
                    .map(file -> input.relativize(file).toString().replace(File.separatorChar, '/'))
                    .sorted()
                    .toList();
        }
    }

    /// What file managers and network file systems leave beside other people's files as soon as somebody looks.
    private static boolean isOfTheSystem(String name) {
        return name.equals(".DS_Store")
                || name.equals("Thumbs.db")
                || name.equals("desktop.ini")
                || name.startsWith("._")
                || name.startsWith(".nfs");
    }

    private void folder(Path input, List<String> found) throws IOException {
        for (String name : found) {
            add(input.resolve(name), name);
        }
        int sampled = Math.min(found.size(), SAMPLED_FILES);
        for (int sample = 0; sample < sampled; sample++) {
            String name = found.get(Math.toIntExact((long) sample * found.size() / sampled));
            try (FileChannel file = FileChannel.open(input.resolve(name), StandardOpenOption.READ)) {
                read(file, 0, BLOCK_BYTES);
            }
        }
    }

    private void add(Path file, String name) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Instant modified = attributes.lastModifiedTime().toInstant();
        files++;
        bytes = Math.addExact(bytes, attributes.size());
        lastModified = modified.isAfter(lastModified) ? modified : lastModified;
        String line = "%s\n%d\n%s\n".formatted(name, attributes.size(), modified);
        names.update(line.getBytes(StandardCharsets.UTF_8));
    }

    private void edgesAndBlocks(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = file.size();
            if (size <= 2L * EDGE_BYTES + (long) BLOCKS * BLOCK_BYTES) {
                read(file, 0, size);
                return;
            }
            read(file, 0, EDGE_BYTES);
            // The file is longer than all samples together, so the blocks do not overlap the edges.
            long between = size - 2L * EDGE_BYTES - BLOCK_BYTES;
            for (int block = 0; block < BLOCKS; block++) {
                read(file, EDGE_BYTES + between / (BLOCKS - 1) * block, BLOCK_BYTES);
            }
            read(file, size - EDGE_BYTES, EDGE_BYTES);
        }
    }

    private void read(FileChannel file, long from, long count) throws IOException {
        long position = from;
        long end = from + count;
        while (position < end) {
            buffer.clear().limit(Math.toIntExact(Math.min(BLOCK_BYTES, end - position)));
            int got = file.read(buffer, position);
            if (got < 0) {
                return; // Shorter than its block, or shrinking while we read: the size tells.
            }
            content.update(buffer.flip());
            position += got;
        }
    }

    private static StorageFailed unreadable(Path input, Exception cause) {
        return new StorageFailed(
                "%s: expected a readable input, found: %s.".formatted(input, IoWords.of(cause)),
                "Check the permissions and the disk of the input, then run the same command again.",
                cause);
    }
}
