package io.cellferry.zarr;

import io.cellferry.failure.InputRefused;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.UnsupportedZipFeatureException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// A store that is a zip file. Where a name comes twice the last entry counts, as for those who append to a store. A
/// hierarchy inside one folder of the zip is taken out of it.
///
/// Holds the directory of the zip: about 300 bytes an entry. Reading inside a compressed entry decodes it from its
/// start; Zarr stores its chunks, which are compressed themselves, plainly.
final class ZipStore implements ZarrStore {

    private static final byte[] SIGNATURE = {'P', 'K', 3, 4};

    private final Path file;
    private final ZipFile zip;
    private final Map<String, ZipArchiveEntry> entries;
    private final Map<String, TreeSet<String>> folders = new HashMap<>();

    private ZipStore(Path file, ZipFile zip, Map<String, ZipArchiveEntry> entries) {
        this.file = file;
        this.zip = zip;
        this.entries = entries;
        entries.keySet().forEach(this::addFolders);
    }

    static boolean looksLikeZip(Path file) {
        try (InputStream start = Files.newInputStream(file)) {
            return java.util.Arrays.equals(start.readNBytes(SIGNATURE.length), SIGNATURE);
        } catch (IOException e) {
            throw ZarrStore.unreadable(file, "its first bytes", e);
        }
    }

    static ZipStore open(Path file) {
        try {
            ZipFile zip = ZipFile.builder().setPath(file).get();
            try {
                return new ZipStore(file, zip, unwrapped(all(file, zip)));
            } catch (RuntimeException | Error failure) {
                zip.close();
                throw failure;
            }
        } catch (IOException e) {
            throw new InputRefused(
                    "%s: expected a zip file, found one that cannot be read: %s.".formatted(file, e.getMessage()),
                    "Copy it again, or test it with: unzip -t \"%s\".".formatted(file.getFileName()),
                    e);
        }
    }

    private static TreeMap<String, ZipArchiveEntry> all(Path file, ZipFile zip) {
        TreeMap<String, ZipArchiveEntry> entries = new TreeMap<>();
        for (Iterator<ZipArchiveEntry> each = zip.getEntries().asIterator(); each.hasNext(); ) {
            ZipArchiveEntry entry = each.next();
            String name = entry.getName();
            if (name.contains("\\")) {
                throw new InputRefused(
                        "%s: expected entries whose names are parted by /, found \"%s\".".formatted(file, name),
                        "Zip the store again with a program that parts names by /.");
            }
            if (name.startsWith("/") || List.of(name.split("/")).contains("..")) {
                throw new InputRefused(
                        "%s: entry \"%s\" has a name that leads out of the store.".formatted(file, name),
                        "Nobody writes such names by accident; do not trust this file.");
            }
            if (!entry.isDirectory()) {
                entries.put(name, entry);
            }
        }
        return entries;
    }

    private static Map<String, ZipArchiveEntry> unwrapped(TreeMap<String, ZipArchiveEntry> all) {
        boolean atRoot = all.containsKey(".zgroup") || all.containsKey("zarr.json") || all.containsKey(".zarray");
        if (atRoot || all.isEmpty()) {
            return all;
        }
        String folder = all.firstKey().substring(0, all.firstKey().indexOf('/') + 1);
        if (folder.isEmpty() || !all.keySet().stream().allMatch(name -> name.startsWith(folder))) {
            return all;
        }
        Map<String, ZipArchiveEntry> inner = new TreeMap<>();
        all.forEach((name, entry) -> inner.put(name.substring(folder.length()), entry));
        return inner;
    }

    private void addFolders(String name) {
        int slash = name.lastIndexOf('/');
        while (slash > 0) {
            String folder = name.substring(0, slash);
            int before = folder.lastIndexOf('/');
            String parent = before < 0 ? "" : folder.substring(0, before);
            if (!folders.computeIfAbsent(parent, unused -> new TreeSet<>()).add(folder.substring(before + 1))) {
                return;
            }
            slash = before;
        }
    }

    @Override
    public Path path() {
        return file;
    }

    @Override
    public OptionalLong length(String key) {
        ZipArchiveEntry entry = entries.get(key);
        return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.getSize());
    }

    @Override
    public void read(String key, long at, byte[] into, int count) {
        ZipArchiveEntry entry = entries.get(key);
        if (entry == null) {
            throw new IllegalArgumentException("there is no entry " + key);
        }
        try (InputStream content = zip.getInputStream(entry)) {
            content.skipNBytes(at);
            if (content.readNBytes(into, 0, count) < count) {
                throw new EOFException("it ends before byte %,d".formatted(at + count));
            }
            if (at == 0 && count == entry.getSize()) {
                check(entry, into, count);
            }
        } catch (EOFException e) {
            throw new InputRefused("%s: entry %s: %s.".formatted(file, key, e.getMessage()), "Copy the file again.", e);
        } catch (UnsupportedZipFeatureException e) {
            throw new InputRefused(
                    "%s: entry %s: expected a plain or deflated entry, found one with %s."
                            .formatted(file, key, e.getFeature()),
                    "Unpack the file with the program that made it, and give the folder.",
                    e);
        } catch (ZipException e) {
            throw new InputRefused(
                    "%s: entry %s is damaged: %s.".formatted(file, key, e.getMessage()),
                    "Copy the file again, or test it with: unzip -t \"%s\".".formatted(file.getFileName()),
                    e);
        } catch (IOException e) {
            throw ZarrStore.unreadable(file, key, e);
        }
    }

    /// The sum in the directory of the zip is the only one that chunks without compression have.
    private static void check(ZipArchiveEntry entry, byte[] content, int count) throws ZipException {
        CRC32 sum = new CRC32();
        sum.update(content, 0, count);
        if (sum.getValue() != entry.getCrc()) {
            throw new ZipException(
                    "its CRC-32 is %08x where %08x is recorded".formatted(sum.getValue(), entry.getCrc()));
        }
    }

    @Override
    public boolean hasFolder(String folder) {
        int slash = folder.lastIndexOf('/');
        return folder.isEmpty()
                || folders.getOrDefault(folder.substring(0, Math.max(0, slash)), new TreeSet<>())
                        .contains(folder.substring(slash + 1));
    }

    @Override
    public List<String> folders(String folder) {
        return List.copyOf(folders.getOrDefault(folder, new TreeSet<>()));
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw ZarrStore.unreadable(file, "the end", e);
        }
    }
}
