package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Precision;
import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.JsonReader;
import io.cellferry.cellucid.json.PythonJson;
import io.cellferry.failure.InputRefused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How an embedding is moved and scaled so that its widest axis spans -1 to 1: one centre per axis, one scale for all.
///
/// Kept so that later steps can place points again without the points. Contract 0.9.0 computes all of it in float.
public record EmbeddingFrame(Contract contract, double[] centre, double scale) {

    /// Below this width the 0.9.0 writer takes an embedding for a single point.
    private static final double LEAST_WIDTH_0_9_0 = 1e-8f;

    public EmbeddingFrame {
        if (centre.length < 1 || centre.length > 3) {
            throw new IllegalArgumentException("an embedding has one to three axes, not " + centre.length);
        }
        centre = centre.clone();
    }

    /// The frame of an embedding whose axes run from `lows` to `highs`.
    static EmbeddingFrame spanning(Contract contract, double[] lows, double[] highs) {
        Precision precision = precision(contract);
        double[] centre = new double[lows.length];
        double widest = 0;
        for (int axis = 0; axis < lows.length; axis++) {
            centre[axis] = precision.round(precision.round(lows[axis] + highs[axis]) / 2);
            widest = Math.max(widest, precision.round(highs[axis] - lows[axis]));
        }
        if (!Double.isFinite(widest)) {
            throw new InputRefused(
                    "The %dD embedding is wider than a number can say.".formatted(lows.length),
                    "Scale its coordinates down.");
        }
        return new EmbeddingFrame(contract, centre, scale(contract, lows.length, widest));
    }

    private static double scale(Contract contract, int columns, double widest) {
        return switch (contract) {
            case V0_9_0 -> (float) (2 / (widest < LEAST_WIDTH_0_9_0 ? 1 : widest));
            case V0_9_1 -> {
                if (widest <= 0) {
                    throw new InputRefused(
                            "The %dD embedding puts every cell at the same place; at least one axis has to vary."
                                    .formatted(columns),
                            "Choose another embedding with --embedding.");
                }
                yield 2 / widest;
            }
        };
    }

    public int dimension() {
        return centre.length;
    }

    Precision precision() {
        return precision(contract);
    }

    /// The coordinate `value` on `axis`, moved and scaled; not yet a float in contract 0.9.1.
    double place(double value, int axis) {
        Precision precision = precision();
        return precision.round(precision.round(precision.round(value) - centre[axis]) * scale);
    }

    /// Places the first `count` of `numbers`, whole points one after the other.
    void place(double[] numbers, int count) {
        for (int axis = 0; axis < centre.length; axis++) {
            for (int at = axis; at < count; at += centre.length) {
                numbers[at] = place(numbers[at], axis);
            }
        }
    }

    /// A vector's component: scaled like the points, moved nowhere.
    float placeVector(double value) {
        return (float) (precision().round(value) * scale);
    }

    private static Precision precision(Contract contract) {
        return contract == Contract.V0_9_0 ? Precision.SINGLE : Precision.DOUBLE;
    }

    public String toJson() {
        List<Json> axes = new ArrayList<>();
        Arrays.stream(centre).forEach(value -> axes.add(Json.real(value)));
        return PythonJson.line(Json.members()
                .put("contract", contract.name())
                .put("centre", new Json.Array(axes))
                .put("scale", Json.real(scale))
                .build());
    }

    public static EmbeddingFrame fromJson(String text) {
        Json.Members json = JsonReader.read(text).asMembers();
        double[] centre = json.member("centre").asItems().stream()
                .mapToDouble(Json::asDouble)
                .toArray();
        return new EmbeddingFrame(
                Contract.valueOf(json.member("contract").asText()),
                centre,
                json.member("scale").asDouble());
    }
}
