package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// The content of a `.tar` or `.tar.gz`, held in memory: at most [#MOST_BYTES] for as long as the data set is open.
/// Larger archives are refused, because nothing may be unpacked beside the user's files.
public final class FolderInArchive implements StoredFolder {

    /// Experiments that people pack have some megabytes; those of atlases are folders.
    static final long MOST_BYTES = 256L << 20;

    /// Of each entry, beside its content.
    private static final int BLOCK_BYTES = 512;

    /// No system takes longer paths.
    private static final int MOST_NAME_LETTERS = 4096;

    private static final int MAGIC_AT = 257;

    private final Path archive;
    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, TreeSet<String>> folders = new HashMap<>();

    private FolderInArchive(Path archive) {
        this.archive = archive;
    }

    /// Empty when `path` is no tar archive, packed with gzip or not.
    public static Optional<StoredFolder> open(Path path) {
        try {
            if (!looksLikeTar(path)) {
                return Optional.empty();
            }
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s: cannot be read: %s".formatted(path, IoWords.of(e)), "Check the permissions and the disk.", e);
        }
        FolderInArchive folder = new FolderInArchive(path);
        try (InputStream in = stream(path)) {
            folder.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new InputRefused(
                    "%s: the archive is damaged or cut off: %s.".formatted(path, e.getMessage()),
                    "Copy it again and compare its size with the original.",
                    e);
        }
        return Optional.of(folder.rooted());
    }

    private static boolean looksLikeTar(Path path) throws IOException {
        byte[] head;
        try (InputStream in = stream(path)) {
            head = in.readNBytes(BLOCK_BYTES);
        } catch (ZipException | java.io.EOFException noGzip) {
            return false;
        }
        return head.length == BLOCK_BYTES
                && new String(head, MAGIC_AT, 5, java.nio.charset.StandardCharsets.US_ASCII).equals("ustar");
    }

    private static InputStream stream(Path path) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        try {
            in.mark(2);
            boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            return gzip ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private void load(InputStream in) throws IOException {
        long bytes = 0;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = name(entry);
                bytes += BLOCK_BYTES;
                requireRoom(bytes);
                refuseLink(entry);
                if (name.isEmpty() || !(entry.isDirectory() || entry.isFile())) {
                    continue;
                }
                addParents(name);
                if (entry.isDirectory()) {
                    folders.computeIfAbsent(name, made -> new TreeSet<>());
                    continue;
                }
                bytes += Math.max(0, entry.getSize());
                requireRoom(bytes);
                byte[] content = tar.readNBytes(Math.toIntExact(entry.getSize()));
                if (content.length != entry.getSize()) {
                    throw new IOException("%s has %,d of %,d bytes".formatted(name, content.length, entry.getSize()));
                }
                files.put(name, content);
            }
        }
    }

    private void requireRoom(long bytes) {
        if (bytes > MOST_BYTES) {
            throw new InputRefused(
                    "%s: the archive holds more than %,d bytes, which is the most that is read without unpacking."
                            .formatted(archive, MOST_BYTES),
                    unpack());
        }
    }

    /// A file stored as a link would look empty.
    private void refuseLink(TarArchiveEntry entry) {
        if (entry.isSymbolicLink() || entry.isLink()) {
            throw new InputRefused(
                    "%s: %s in the archive is a link to %s; links are not followed without unpacking."
                            .formatted(archive, entry.getName(), entry.getLinkName()),
                    unpack());
        }
    }

    private String unpack() {
        return "Unpack it (tar xzf %s) and give the folder.".formatted(archive.getFileName());
    }

    private static String name(TarArchiveEntry entry) throws IOException {
        if (entry.getName().length() > MOST_NAME_LETTERS) {
            throw new IOException(
                    "a file has a name of %,d letters".formatted(entry.getName().length()));
        }
        StringBuilder name = new StringBuilder();
        for (String part : entry.getName().split("/")) {
            if (!part.isEmpty() && !part.equals(".")) {
                name.append(name.isEmpty() ? "" : "/").append(part);
            }
        }
        return name.toString();
    }

    private void addParents(String name) {
        int slash = name.lastIndexOf('/');
        String parent = slash < 0 ? "" : name.substring(0, slash);
        folders.computeIfAbsent(parent, made -> new TreeSet<>()).add(name.substring(slash + 1));
        if (!parent.isEmpty()) {
            addParents(parent);
        }
    }

    /// Archives with and without a folder around everything look the same.
    private FolderInArchive rooted() {
        String root = "";
        while (!GroupMembers.isGroup(this, root)) {
            TreeSet<String> names = folders.getOrDefault(root, new TreeSet<>());
            if (names.size() != 1) {
                return this;
            }
            root = StoredFolder.join(root, names.first());
        }
        if (root.isEmpty()) {
            return this;
        }
        FolderInArchive inner = new FolderInArchive(archive);
        String prefix = root + "/";
        files.forEach((name, content) -> {
            if (name.startsWith(prefix)) {
                inner.files.put(name.substring(prefix.length()), content);
            }
        });
        inner.folders.put("", folders.get(root));
        folders.forEach((name, members) -> {
            if (name.startsWith(prefix)) {
                inner.folders.put(name.substring(prefix.length()), members);
            }
        });
        return inner;
    }

    @Override
    public Path path() {
        return archive;
    }

    @Override
    public List<String> names(String folder) {
        return List.copyOf(folders.getOrDefault(folder, new TreeSet<>()));
    }

    @Override
    public boolean isFolder(String name) {
        return folders.containsKey(name);
    }

    @Override
    public OptionalLong size(String name) {
        byte[] content = files.get(name);
        return content == null ? OptionalLong.empty() : OptionalLong.of(content.length);
    }

    @Override
    public void read(String name, long at, byte[] into, int count) {
        byte[] content = files.get(name);
        if (content == null) {
            throw refusal(name, new Malformed("it is missing"));
        }
        if (at < 0 || at > content.length - count) {
            throw refusal(name, new Malformed("it ends before byte %,d".formatted(at + count)));
        }
        System.arraycopy(content, (int) at, into, 0, count);
    }
}
