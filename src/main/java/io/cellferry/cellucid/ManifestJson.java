package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Bounds;
import io.cellferry.cellucid.json.Json;
import java.util.List;
import java.util.Optional;

/// Small shapes that several manifests share.
final class ManifestJson {

    private ManifestJson() {}

    /// The tail of a quantized entry: least and greatest value, or nothing.
    static List<Json> bounds(Optional<Bounds> bounds) {
        return bounds.map(b -> List.of(Json.real(b.low()), Json.real(b.high()))).orElse(List.of());
    }

    static Json textOrNull(Optional<String> text) {
        return text.map(Json::text).orElse(Json.NOTHING);
    }
}
