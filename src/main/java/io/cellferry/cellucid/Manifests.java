package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.PythonJson;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;

/// Writes the JSON files of an export once all payloads are there: the section manifests, and last the identity, by
/// which readers recognise a finished export.
public final class Manifests {

    private Manifests() {}

    /// Fields of contract 0.9.1 must have been written with one code type: that of the richest field for all of them.
    ///
    /// Genes get a manifest only if there are some: a reader refuses an empty one.
    public static void write(ExportSettings settings, ExportContents contents, UnitWriter unit) {
        long codeTypes = contents.obs().stream()
                .filter(ObsFieldEntry.Categorical.class::isInstance)
                .map(entry -> ((ObsFieldEntry.Categorical) entry).codes())
                .distinct()
                .count();
        if (settings.contract() == Contract.V0_9_1 && codeTypes > 1) {
            throw new IllegalArgumentException("fields were written with different code types");
        }
        writeLine(ExportPaths.OBS_MANIFEST, ObsManifest.of(settings, contents), unit);
        if (contents.exportedGenes() > 0) {
            writeLine(ExportPaths.VAR_MANIFEST, VarManifest.of(settings, contents), unit);
        }
        contents.edges()
                .ifPresent(edges -> writeLine(
                        ExportPaths.CONNECTIVITY_MANIFEST,
                        ConnectivityManifest.of(settings, contents.cells(), edges),
                        unit));
        try (StagedFile file = unit.output(ExportPaths.IDENTITY)) {
            PythonJson.writeIndented(DatasetIdentity.of(settings, contents), file::write);
            file.finish();
        }
    }

    private static void writeLine(String path, Json json, UnitWriter unit) {
        try (StagedFile file = unit.output(path)) {
            PythonJson.writeLine(json, file::write);
            file.finish();
        }
    }
}
