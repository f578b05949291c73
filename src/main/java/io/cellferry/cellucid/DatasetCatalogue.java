package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.PythonJson;
import io.cellferry.failure.RequestRefused;
import io.cellferry.storage.StagedFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `datasets.json`, the catalogue of a folder of exports.
public final class DatasetCatalogue {

    public static final String FILE = "datasets.json";

    private DatasetCatalogue() {}

    /// One export; `directory` is its folder's name without a slash.
    public record Entry(String directory, String id, String name, String description, long cells, long genes) {}

    /// The catalogue of `entries`, sorted by directory.
    public static byte[] bytes(Contract contract, List<Entry> entries, String defaultId) {
        return PythonJson.indented(json(contract, entries, defaultId)).getBytes(StandardCharsets.US_ASCII);
    }

    /// Writes the same into `file`.
    public static void write(Contract contract, List<Entry> entries, String defaultId, StagedFile file) {
        byte[] bytes = bytes(contract, entries, defaultId);
        file.write(bytes, 0, bytes.length);
        file.finish();
    }

    /// Whether a folder of this name can be part of an address on every system.
    public static boolean isPortable(String directory) {
        return DatasetCard.isPortableId(directory);
    }

    static Json json(Contract contract, List<Entry> entries, String defaultId) {
        Set<String> ids = new HashSet<>();
        List<Json> datasets = new ArrayList<>();
        List<Entry> sorted = entries.stream()
                .sorted(Comparator.comparing(Entry::directory, CodePoints.ORDER))
                .toList();
        for (Entry entry : sorted) {
            if (!ids.add(entry.id())) {
                throw new RequestRefused(
                        "%s: two exports have the id \"%s\".".formatted(FILE, entry.id()),
                        "Export one of them again with another --dataset-id, or move it away.");
            }
            if (!DatasetCard.isPortableId(entry.directory())) {
                throw new RequestRefused(
                        "%s: the folder name \"%s\" cannot be part of an address on every system."
                                .formatted(FILE, entry.directory()),
                        "Rename the folder: letters, digits, dots, dashes and underscores.");
            }
            datasets.add(json(contract, entry));
        }
        if (!ids.contains(defaultId)) {
            throw new RequestRefused(
                    "%s: the default \"%s\" is none of the exports %s."
                            .formatted(
                                    FILE,
                                    defaultId,
                                    sorted.stream().map(Entry::id).toList()),
                    "Name one of them with --default.");
        }
        return Json.members()
                .put("version", 1)
                .put("default", defaultId)
                .put("datasets", new Json.Array(datasets))
                .build();
    }

    private static Json json(Contract contract, Entry entry) {
        Json.MembersBuilder json = Json.members()
                .put("id", entry.id())
                .put("path", entry.directory() + "/")
                .put("name", entry.name());
        if (contract == Contract.V0_9_1) {
            json.put("description", entry.description());
        }
        return json.put("n_cells", entry.cells()).put("n_genes", entry.genes()).build();
    }
}
