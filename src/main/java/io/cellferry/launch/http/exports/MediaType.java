package io.cellferry.launch.http.exports;

import java.util.Set;

/// What kind of file has which name. The Cellucid web app compares the two it knows to the letter, so none of them says
/// a character set.
final class MediaType {

    static final String JSON = "application/json";
    static final String BYTES = "application/octet-stream";
    static final String PROBLEM = "application/problem+json";

    /// Metadata of Zarr 2; that of version 3 is called `zarr.json`.
    private static final Set<String> ZARR_METADATA = Set.of(".zattrs", ".zgroup", ".zarray", ".zmetadata");

    private MediaType() {}

    static String of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (ZARR_METADATA.contains(name)) {
            return JSON;
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "json" -> JSON;
            case "csv" -> "text/csv; charset=utf-8";
            case "html" -> "text/html; charset=utf-8";
            case "xml" -> "application/xml";
            default -> BYTES;
        };
    }
}
