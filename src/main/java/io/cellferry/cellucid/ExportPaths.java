package io.cellferry.cellucid;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Where each payload lies in an export folder, with `.gz` when payloads are compressed.
///
/// `stem` is what stands for a field or gene in a file name: its position in contract 0.9.1, its cleaned-up name in
/// 0.9.0. The same calls with a placeholder as stem give the patterns in the manifests.
final class ExportPaths {

    static final String IDENTITY = "dataset_identity.json";
    static final String OBS_MANIFEST = "obs_manifest.json";
    static final String VAR_MANIFEST = "var_manifest.json";
    static final String CONNECTIVITY_MANIFEST = "connectivity_manifest.json";

    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]+");
    private static final Pattern ENDS = Pattern.compile("^[._]+|[._]+$");

    private final String suffix;

    ExportPaths(boolean compressed) {
        this.suffix = compressed ? ".gz" : "";
    }

    static ExportPaths of(OptionalInt gzipLevel) {
        return new ExportPaths(gzipLevel.isPresent());
    }

    String points(int dimension) {
        return "points_" + dimension + "d.bin" + suffix;
    }

    String vectors(String stem, int dimension) {
        return "vectors/" + stem + "_" + dimension + "d.bin" + suffix;
    }

    String obsValues(String stem, Quantization quantization) {
        return "obs/" + stem + ".values." + quantization.extension() + suffix;
    }

    String obsCodes(String stem, String extension) {
        return "obs/" + stem + ".codes." + extension + suffix;
    }

    String obsOutliers(String stem, Quantization quantization) {
        return "obs/" + stem + ".outliers." + quantization.extension() + suffix;
    }

    String gene(String stem, Quantization quantization) {
        return "var/" + stem + ".values." + quantization.extension() + suffix;
    }

    String edgeSources() {
        return "connectivity/edges.src.bin" + suffix;
    }

    String edgeDestinations() {
        return "connectivity/edges.dst.bin" + suffix;
    }

    String edgeWeights() {
        return "connectivity/edges.weights.f64.bin" + suffix;
    }

    static String stem(Contract contract, int position, String name) {
        return switch (contract) {
            case V0_9_1 -> Integer.toString(position);
            case V0_9_0 -> cleaned(name);
        };
    }

    /// `name` as contract 0.9.0 puts it into a file name; different names may come out alike.
    static String cleaned(String name) {
        String safe = ENDS.matcher(UNSAFE.matcher(name).replaceAll("_")).replaceAll("");
        return safe.isEmpty() ? "field" : safe;
    }
}
