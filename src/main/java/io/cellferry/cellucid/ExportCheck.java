package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.MalformedJson;
import io.cellferry.failure.IoWords;
import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads an export as strictly as its viewer does, and says everything that is wrong with it at once.
///
/// The JSON files are held while they are checked, payloads are streamed; 4 bytes x cells for the edges.
public final class ExportCheck {

    private final Path folder;
    private final Findings findings = Findings.ofExport();

    private ExportCheck(Path folder) {
        this.folder = folder;
    }

    /// All findings; none means that a viewer of the export's contract takes it.
    public static List<Problem> check(Path folder) {
        ExportCheck check = new ExportCheck(folder);
        check.run();
        return check.findings.all();
    }

    /// Findings about the manifests alone; no payload is opened.
    public static List<Problem> checkManifests(Path folder) {
        ExportCheck check = new ExportCheck(folder);
        check.manifests();
        return check.findings.all();
    }

    private void run() {
        manifests().ifPresent(this::checkPayloads);
    }

    private Optional<ReadExport> manifests() {
        Optional<ExportDocuments> documents = ExportDocuments.read(folder, findings);
        Optional<ReadExport> export = documents.flatMap(read -> understood(read, findings));
        export.ifPresent(read -> {
            compareManifests(documents.orElseThrow(), read);
            new EntryCheck(read, findings).check();
        });
        return export;
    }

    /// What the documents describe, or a finding why they describe nothing.
    static Optional<ReadExport> understood(ExportDocuments documents, Findings findings) {
        try {
            return Optional.of(ExportReader.read(documents));
        } catch (MalformedJson e) {
            findings.add("cellucid.manifest.shape", "manifests", "They cannot be understood: " + e.getMessage() + ".");
        } catch (Refusal e) {
            findings.add("cellucid.manifest.shape", ExportPaths.IDENTITY, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /// Writes every manifest again from what was read: where they contradict each other, something differs.
    private void compareManifests(ExportDocuments documents, ReadExport export) {
        ExportSettings settings = export.settings();
        ExportContents contents = export.contents();
        JsonDifference.report(ExportPaths.OBS_MANIFEST, ObsManifest.of(settings, contents), documents.obs(), findings);
        documents
                .var()
                .ifPresent(var -> JsonDifference.report(
                        ExportPaths.VAR_MANIFEST, VarManifest.of(settings, contents), var, findings));
        if (documents.var().isPresent() && contents.exportedGenes() == 0) {
            findings.add("cellucid.manifest.differs", ExportPaths.VAR_MANIFEST, "A manifest without genes is refused.");
        }
        documents
                .connectivity()
                .ifPresent(connectivity -> JsonDifference.report(
                        ExportPaths.CONNECTIVITY_MANIFEST,
                        ConnectivityManifest.of(
                                settings, contents.cells(), contents.edges().orElseThrow()),
                        connectivity,
                        findings));
        JsonDifference.report(ExportPaths.IDENTITY, identity(documents, export), documents.identity(), findings);
    }

    private static Json identity(ExportDocuments documents, ReadExport export) {
        Json.Members expected = DatasetIdentity.of(export.settings(), export.contents());
        if (export.settings().contract() == Contract.V0_9_1) {
            return expected;
        }
        // Installed 0.9.0 writers state versions of their own.
        Json.MembersBuilder any = Json.members();
        expected.byName().forEach(any::put);
        documents.identity().find("cellucid_data_version").ifPresent(v -> any.put("cellucid_data_version", v));
        return any.build();
    }

    private void checkPayloads(ReadExport export) {
        Set<String> declared = new HashSet<>(Set.of(ExportPaths.IDENTITY, ExportPaths.OBS_MANIFEST));
        export.contents().genes().ifPresent(genes -> declared.add(ExportPaths.VAR_MANIFEST));
        export.contents().edges().ifPresent(edges -> declared.add(ExportPaths.CONNECTIVITY_MANIFEST));
        boolean compressed = export.settings().gzipLevel().isPresent();
        PayloadCheck payloads = new PayloadCheck(folder, compressed, findings);
        for (ReadExport.Declared payload : export.payloads()) {
            declared.add(payload.path());
            payloads.check(payload);
        }
        declared.addAll(export.edgePaths());
        export.contents().edges().ifPresent(edges -> new EdgeCheck(folder, export, edges, findings).check());
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> !Files.isDirectory(file))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> !declared.contains(path))
                    .sorted()
                    .forEach(path -> findings.warn(
                            "cellucid.file.undeclared",
                            path,
                            "No manifest knows this file.",
                            "Remove it; a server of exports may refuse the folder."));
        } catch (IOException | UncheckedIOException e) {
            throw new StorageFailed(
                    "%s cannot be listed: %s".formatted(folder, IoWords.of(e)),
                    "Check the disk and the permissions, then run the same command again.",
                    e);
        }
    }
}
