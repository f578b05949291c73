package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import java.util.List;
import java.util.Optional;

/// A data set described by a seed; `src/test/scripts/cellucid_recipes.py` makes the same numbers.
record Recipe(Json.Members json) {

    static final int X_STORED = 1;
    static final int X_VALUE = 2;
    static final int LATENT = 3;
    static final int EMBEDDING = 10;
    static final int VECTOR = 20;
    static final int GRAPH = 30;
    static final int OBS = 100;

    String name() {
        return json.member("name").asText();
    }

    int cells() {
        return json.member("cells").asInt();
    }

    Optional<List<String>> genes() {
        return present(json, "genes")
                .map(genes -> genes.asItems().stream().map(Json::asText).toList());
    }

    Json.Members matrix() {
        return json.member("x").asMembers();
    }

    List<Json.Members> list(String name) {
        return json.member(name).asItems().stream().map(Json::asMembers).toList();
    }

    Optional<Json.Members> graph() {
        return present(json, "graph").map(Json::asMembers);
    }

    Json.Members settings() {
        return json.member("settings").asMembers();
    }

    static Optional<Json> present(Json.Members members, String name) {
        return members.find(name).filter(value -> !(value instanceof Json.Nothing));
    }

    /// A number in [0, 1) that depends on nothing but the arguments.
    double unit(int purpose, long index) {
        long start = (json.member("seed").asLong() * 1000 + purpose + 1) * 0x9E3779B97F4A7C15L;
        long z = index * 0xD1B54A32D192ED03L + start;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z = z ^ (z >>> 31);
        return (z >>> 11) * 0x1.0p-53;
    }

    static double value(String kind, double u) {
        return switch (kind) {
            case "counts" -> Math.floor(u * 20) + 1;
            case "countsOrZero" -> Math.floor(u * 3);
            case "real" -> (u * 2 - 1) * 10;
            case "negative" -> -u * 5 - 0.25;
            case "constant" -> 7;
            case "zero" -> 0;
            case "someNaN" -> u < 0.2 ? Double.NaN : u;
            case "someInf" -> u < 0.1 ? Double.POSITIVE_INFINITY : u > 0.9 ? Double.NEGATIVE_INFINITY : u;
            case "huge" -> u * 1e300;
            case "tiny" -> u * 1e-300;
            case "wide" -> (u - 0.5) * 1e30;
            default -> throw new IllegalArgumentException(kind);
        };
    }

    static double cast(String type, double value) {
        return switch (type) {
            case "float32" -> (float) value;
            case "float64", "int32", "int64" -> value;
            default -> throw new IllegalArgumentException(type);
        };
    }
}
