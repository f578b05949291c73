package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.Contract;
import io.cellferry.cellucid.DatasetCatalogue;
import io.cellferry.cellucid.ExportCheck;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.StorageFailed;
import io.cellferry.jobs.CatalogueEntry;
import io.cellferry.storage.OutputHeading;
import io.cellferry.storage.PlainFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes `datasets.json` for a folder whose sub-folders are exports. A sub-folder that is no sound export is refused
/// by name: a catalogue that lists it would lead viewers into it.
final class ExportCatalogue {

    private static final String IDENTITY = "dataset_identity.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    private ExportCatalogue() {}

    /// Empty when no sub-folder is an export.
    static Optional<Path> write(Path folder, Optional<String> defaultId) {
        List<Path> exports = exports(folder);
        if (exports.isEmpty()) {
            return Optional.empty();
        }
        List<CatalogueEntry> entries = new ArrayList<>();
        for (Path export : exports) {
            requireSound(export);
            entries.add(entry(export, identity(export)));
        }
        String first = defaultId
                .or(() -> entries.size() == 1 ? Optional.of(entries.getFirst().id()) : Optional.empty())
                .orElseThrow(() -> new RequestRefused(
                        "%s holds %d exports, and nothing says which is shown first.".formatted(folder, entries.size()),
                        "Name one with --default ID: "
                                + String.join(
                                        ", ",
                                        entries.stream().map(CatalogueEntry::id).toList())
                                + "."));
        byte[] text = text(entries, first);
        return Optional.of(PlainFile.write(folder.resolve(DatasetCatalogue.FILE), file -> {
            file.write(text, 0, text.length);
            file.finish();
        }));
    }

    /// What a catalogue says of `export`; empty when it is none, or its folder's name cannot be part of an address.
    static Optional<CatalogueEntry> entry(Path export) {
        return Files.isRegularFile(export.resolve(IDENTITY))
                        && DatasetCatalogue.isPortable(String.valueOf(export.getFileName()))
                ? Optional.of(entry(export, identity(export)))
                : Optional.empty();
    }

    private static CatalogueEntry entry(Path export, JsonNode identity) {
        return new CatalogueEntry(
                String.valueOf(export.getFileName()),
                identity.path("id").asString(""),
                identity.path("name").asString(""),
                identity.path("description").asString(""),
                identity.path("stats").path("n_cells").asLong(),
                identity.path("stats").path("n_genes").asLong(),
                identity.path("cellucid_data_version").asString(""));
    }

    /// Descriptions are left out when all exports are of the old contract, which has none.
    static byte[] text(List<CatalogueEntry> entries, String first) {
        boolean described = entries.stream().anyMatch(entry -> !entry.version().equals(Contract.V0_9_0.version()));
        return DatasetCatalogue.bytes(
                described ? Contract.V0_9_1 : Contract.V0_9_0,
                entries.stream()
                        .map(entry -> new DatasetCatalogue.Entry(
                                entry.folder(),
                                entry.id(),
                                entry.name(),
                                entry.description(),
                                entry.cells(),
                                entry.genes()))
                        .toList(),
                first);
    }

    private static List<Path> exports(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(ExportCatalogue::isExport).sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /// Also one that lost the very file it is known by: a catalogue without it would pass it over silently.
    private static boolean isExport(Path entry) {
        return Files.isRegularFile(entry.resolve(IDENTITY))
                || Files.isDirectory(entry)
                        && OutputHeading.mayHave(entry)
                        && OutputHeading.read(entry)
                                .filter(heading -> CellucidExportSteps.NAME.equals(
                                        heading.details().get("job")))
                                .isPresent();
    }

    private static void requireSound(Path export) {
        ExportCheck.checkManifests(export).stream()
                .filter(Problem::refuses)
                .findFirst()
                .ifPresent(problem -> {
                    throw new InputRefused(
                            "%s is no sound export: %s: %s".formatted(export, problem.where(), problem.found()),
                            "Export it again, or move it away; `cellferry verify %s` tells everything."
                                    .formatted(export));
                });
    }

    private static JsonNode identity(Path export) {
        try {
            return JSON.readTree(Files.readAllBytes(export.resolve(IDENTITY)));
        } catch (IOException | JacksonException e) {
            throw unreadable(export.resolve(IDENTITY), e);
        }
    }

    private static StorageFailed unreadable(Path path, Exception e) {
        return new StorageFailed(
                "%s cannot be read: %s".formatted(path, IoWords.of(e)), "Check the disk and the permissions.", e);
    }
}
