package io.cellferry.storage;

import io.cellferry.failure.RoomExhausted;
import io.cellferry.storage.OutputManifest.FileEntry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// The files of a finished output, held for many questions: about 120 bytes each, half of what an [OutputManifest]
/// takes, and read from the manifest without ever holding its text.
final class OutputInventory {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int HASH_BYTES = 32;

    private final ManifestStamp stamp;
    private String[] paths = new String[256];
    private long[] sizes = new long[256];
    private byte[] hashes = new byte[256 * HASH_BYTES];
    private int files;

    private OutputInventory(ManifestStamp stamp) {
        this.stamp = stamp;
    }

    /// What the manifest with `stamp` lists; empty when it is gone, replaced meanwhile or damaged. More than
    /// `mostFiles` are refused.
    static Optional<OutputInventory> read(Path output, ManifestStamp stamp, int mostFiles) {
        Path manifest = RunPlaces.of(output).manifest();
        OutputInventory inventory = new OutputInventory(stamp);
        return new RefusingDisk(new RealDisk()).get("reading it", manifest, 0, () -> {
            try (InputStream bytes =
                            new BufferedInputStream(Files.newInputStream(manifest, LinkOption.NOFOLLOW_LINKS));
                    JsonParser json = JSON.createParser(bytes)) {
                boolean sound = inventory.fill(json, output, mostFiles);
                return sound && inventory.isCurrent(output)
                        ? Optional.of(inventory)
                        : Optional.<OutputInventory>empty();
            } catch (NoSuchFileException | JacksonException e) {
                return Optional.<OutputInventory>empty();
            }
        });
    }

    private boolean fill(JsonParser json, Path output, int mostFiles) throws IOException {
        boolean version = false;
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("version")) {
                version = value == JsonToken.VALUE_NUMBER_INT && json.getIntValue() == OutputManifest.VERSION;
            } else if (name.equals("files") && value == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    if (files == mostFiles) {
                        throw new RoomExhausted(
                                "%s has more than %,d files.".formatted(output, mostFiles),
                                "Let a plain web server serve this output; this one keeps a list of all files.");
                    }
                    add(json);
                }
            } else {
                json.skipChildren();
            }
        }
        return version && isSound();
    }

    private void add(JsonParser json) throws IOException {
        if (files == paths.length) {
            int room = files * 2;
            paths = Arrays.copyOf(paths, room);
            sizes = Arrays.copyOf(sizes, room);
            hashes = Arrays.copyOf(hashes, room * HASH_BYTES);
        }
        String path = "";
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "path" -> path = json.getString();
                case "bytes" -> sizes[files] = json.getLongValue();
                case "sha256" -> keepHash(json.getString());
                default -> json.skipChildren();
            }
        }
        paths[files] = path;
        files++;
    }

    private void keepHash(String hex) throws IOException {
        if (hex.length() != 2 * HASH_BYTES) {
            throw new IOException("a SHA-256 of %d digits in the manifest".formatted(hex.length()));
        }
        System.arraycopy(HexFormat.of().parseHex(hex), 0, hashes, files * HASH_BYTES, HASH_BYTES);
    }

    /// Whether the list could stand in an [OutputManifest].
    private boolean isSound() {
        for (int file = 0; file < files; file++) {
            if (!RelativePath.isSound(paths[file]) || file > 0 && paths[file - 1].compareTo(paths[file]) >= 0) {
                return false;
            }
        }
        return true;
    }

    /// Whether the manifest is still the one that was read.
    boolean isCurrent(Path output) {
        return ManifestStamp.of(output).filter(stamp::equals).isPresent();
    }

    ManifestStamp stamp() {
        return stamp;
    }

    int files() {
        return files;
    }

    Optional<FileEntry> find(String path) {
        int at = Arrays.binarySearch(paths, 0, files, path);
        if (at < 0) {
            return Optional.empty();
        }
        String hash = HexFormat.of().formatHex(hashes, at * HASH_BYTES, (at + 1) * HASH_BYTES);
        return Optional.of(new FileEntry(path, sizes[at], hash));
    }
}
