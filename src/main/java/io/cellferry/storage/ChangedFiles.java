package io.cellferry.storage;

import io.cellferry.storage.OutputManifest.FileEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Whether a file still is what its manifest says. One that nobody has touched since is believed; one touched later (a
/// copied folder, other permissions, another content) is hashed once, not at every request.
final class ChangedFiles {

    /// Verdicts kept, about 300 bytes each.
    private static final int MOST_VERDICTS = 10_000;

    private static final int BUFFER_BYTES = 1 << 20;

    private record Look(FileTime touched, long bytes, String sha256) {}

    private record Verdict(Look look, boolean asPublished) {}

    private final RefusingDisk disk = new RefusingDisk(new RealDisk());
    private final ReentrantLock hashing = new ReentrantLock();
    private final Map<Path, Verdict> verdicts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Verdict> eldest) {
            return size() > MOST_VERDICTS;
        }
    };

    boolean isAsPublished(Path path, FileChannel file, FileEntry entry, ManifestStamp manifest) {
        return disk.get("looking whether it changed", path, 0, () -> {
            if (file.size() != entry.bytes()) {
                return false;
            }
            try {
                FileTime touched = touched(path);
                return touched.compareTo(manifest.modified()) <= 0
                        || hashedOnce(path, file, new Look(touched, entry.bytes(), entry.sha256()));
            } catch (NoSuchFileException e) {
                return false;
            }
        });
    }

    /// When the content or the inode last changed: unlike the time of modification, no copying tool sets it back.
    private static FileTime touched(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? (FileTime) Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS)
                : Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean hashedOnce(Path path, FileChannel file, Look look) throws IOException {
        hashing.lock();
        try {
            Verdict known = verdicts.get(path);
            if (known == null || !known.look().equals(look)) {
                known = new Verdict(look, hash(file).equals(look.sha256()));
                verdicts.put(path, known);
            }
            return known.asPublished();
        } finally {
            hashing.unlock();
        }
    }

    private static String hash(FileChannel file) throws IOException {
        MessageDigest digest = Sha256.start();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long position = 0;
        for (int count = file.read(buffer, 0); count >= 0; count = file.read(buffer.clear(), position)) {
            digest.update(buffer.flip());
            position += count;
        }
        return Sha256.hex(digest);
    }
}
