package io.cellferry.storage;

import java.util.List;
import java.util.Map;

/// `NAME.cellferry.json`: what was published, file by file, and how it came about.
public record OutputManifest(String runId, Map<String, Object> details, List<FileEntry> files) {
    public OutputManifest {
        files = List.copyOf(files);
    }

    /// `path` is relative to the output with `/`; `sha256` in lower-case hex.
    public record FileEntry(String path, long bytes, String sha256) {}
}
