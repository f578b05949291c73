package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import java.nio.file.Path;
import java.util.Optional;

/// The JSON files of an export as they are; the last two exist when the identity says so.
record ExportDocuments(
        Json.Members identity, Json.Members obs, Optional<Json.Members> var, Optional<Json.Members> connectivity) {

    /// Reads the files of `folder`; nothing when one is missing or malformed, which is then a finding.
    static Optional<ExportDocuments> read(Path folder, Findings findings) {
        Optional<Json.Members> identity = ManifestFile.read(folder, ExportPaths.IDENTITY, findings);
        Optional<Json.Members> obs = ManifestFile.read(folder, ExportPaths.OBS_MANIFEST, findings);
        Optional<Json.Members> var = ifThere(folder, ExportPaths.VAR_MANIFEST, findings);
        Optional<Json.Members> connectivity = ifThere(folder, ExportPaths.CONNECTIVITY_MANIFEST, findings);
        if (identity.isEmpty() || obs.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ExportDocuments(identity.get(), obs.get(), var, connectivity));
    }

    private static Optional<Json.Members> ifThere(Path folder, String name, Findings findings) {
        return ManifestFile.exists(folder, name) ? ManifestFile.read(folder, name, findings) : Optional.empty();
    }

    /// Which contract wrote this: the placeholder in the path patterns tells, and only without any the version does.
    Contract contract() {
        String patterns = patterns();
        for (Contract contract : Contract.values()) {
            if (patterns.contains(contract.placeholder())) {
                return contract;
            }
        }
        boolean current =
                identity.find("cellucid_data_version").equals(Optional.of(Json.text(Contract.V0_9_1.version())));
        return current ? Contract.V0_9_1 : Contract.V0_9_0;
    }

    private String patterns() {
        StringBuilder patterns = new StringBuilder();
        obs.find("_obsSchemas").ifPresent(patterns::append);
        var.flatMap(manifest -> manifest.find("_varSchema")).ifPresent(patterns::append);
        return patterns.toString();
    }
}
