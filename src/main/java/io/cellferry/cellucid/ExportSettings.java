package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import io.cellferry.failure.RequestRefused;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Everything about an export that changes its bytes and does not come from the data.
///
/// An absent `gzipLevel` writes plain payloads; an absent `centroidQuantile` writes no centroids.
public record ExportSettings(
        Contract contract,
        Quantization genes,
        Quantization obs,
        ObsCodes obsCodes,
        OptionalInt gzipLevel,
        OptionalDouble centroidQuantile,
        int centroidMinPoints,
        MissingPolicy missing,
        DatasetCard card) {

    public ExportSettings {
        if (gzipLevel.isPresent() && (gzipLevel.getAsInt() < 1 || gzipLevel.getAsInt() > 9)) {
            throw new RequestRefused(
                    "--gzip: expected 1 to 9 or none, found %d.".formatted(gzipLevel.getAsInt()),
                    "Use --gzip 6, or --gzip none for plain files.");
        }
        if (centroidQuantile.isPresent()
                && !(centroidQuantile.getAsDouble() > 0.5 && centroidQuantile.getAsDouble() < 1)) {
            throw new RequestRefused(
                    "--centroid-quantile: expected a number above 0.5 and below 1, found %s."
                            .formatted(centroidQuantile.getAsDouble()),
                    "Use --centroid-quantile 0.95, or none for an export without centroids.");
        }
        if (centroidMinPoints < 1) {
            throw new RequestRefused(
                    "--centroid-min-points: expected at least 1, found %d.".formatted(centroidMinPoints),
                    "Use --centroid-min-points 10.");
        }
    }

    /// The same with another compression.
    public ExportSettings withGzipLevel(OptionalInt level) {
        return new ExportSettings(
                contract, genes, obs, obsCodes, level, centroidQuantile, centroidMinPoints, missing, card);
    }

    Json gzipJson() {
        return gzipLevel.isPresent() ? Json.whole(gzipLevel.getAsInt()) : Json.NOTHING;
    }

    Json centroidQuantileJson() {
        return centroidQuantile.isPresent() ? Json.real(centroidQuantile.getAsDouble()) : Json.NOTHING;
    }
}
