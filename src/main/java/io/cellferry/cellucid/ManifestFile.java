package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.JsonReader;
import io.cellferry.cellucid.json.MalformedJson;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads one JSON file of an export. Its tree is held; the viewer's limit of 64 MiB of text bounds it.
final class ManifestFile {

    private ManifestFile() {}

    static boolean exists(Path folder, String name) {
        return Files.isRegularFile(folder.resolve(name));
    }

    static Optional<Json.Members> read(Path folder, String name, Findings findings) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            findings.add("cellucid.manifest.missing", name, "There is no such file.");
            return Optional.empty();
        }
        try {
            long bytes = Files.size(file);
            if (bytes > ViewerLimits.JSON_BYTES) {
                findings.add(
                        "cellucid.limit.json",
                        name,
                        "The viewer takes at most %,d bytes of JSON, the file has %,d."
                                .formatted(ViewerLimits.JSON_BYTES, bytes));
                return Optional.empty();
            }
            return Optional.of(JsonReader.read(Files.readAllBytes(file)).asMembers());
        } catch (MalformedJson e) {
            findings.add("cellucid.manifest.malformed", name, "It is not a JSON object: " + e.getMessage() + ".");
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageFailed(
                    "%s cannot be read: %s".formatted(file, IoWords.of(e)),
                    "Check the disk and the permissions, then run the same command again.",
                    e);
        }
    }
}
