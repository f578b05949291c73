package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.PythonFloat;
import io.cellferry.dataset.Label;
import io.cellferry.failure.InputRefused;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The labels of one field as the contract writes them.
///
/// Contract 0.9.1 keeps their types and refuses what JSON cannot say exactly or a reader cannot tell apart; 0.9.0 turns
/// everything into text as Python's `str` does.
final class CategoryLabels {

    /// The greatest whole number all JSON readers keep exactly.
    private static final long MOST_EXACT = (1L << 53) - 1;

    private CategoryLabels() {}

    static List<Json> of(Contract contract, String field, List<Label> labels) {
        return switch (contract) {
            case V0_9_0 -> labels.stream().map(label -> Json.text(text(label))).toList();
            case V0_9_1 -> typed(field, labels);
        };
    }

    private static String text(Label label) {
        return switch (label) {
            case Label.Text text -> text.value();
            case Label.Whole whole -> Long.toString(whole.value());
            case Label.Real real -> PythonFloat.repr(real.value());
            case Label.Truth truth -> truth.value() ? "True" : "False";
        };
    }

    private static List<Json> typed(String field, List<Label> labels) {
        Set<Object> seen = new HashSet<>();
        Set<String> looks = new HashSet<>();
        for (Label label : labels) {
            if (!seen.add(identity(field, label))) {
                throw refused(field, label, "is there twice", "Merge the two categories.");
            }
            if (label instanceof Label.Text typed) {
                DisplayText.objection(typed.value()).ifPresent(objection -> {
                    throw refused(field, label, objection, "Rename the category.");
                });
                if (!looks.add(DisplayText.collapsed(typed.value()))) {
                    throw refused(
                            field, label, "differs from another label only in its spaces", "Rename one of the two.");
                }
            }
        }
        return labels.stream().map(CategoryLabels::json).toList();
    }

    /// What makes two labels the same: 1 and 1.0 are, `true` and 1 are not.
    private static Object identity(String field, Label label) {
        return switch (label) {
            case Label.Text text -> text.value();
            case Label.Truth truth -> truth.value();
            case Label.Whole whole -> {
                long value = whole.value();
                if (Math.abs(value) > MOST_EXACT || value == Long.MIN_VALUE) {
                    throw refused(field, label, "is beyond 2^53 - 1, where viewers round", "Store the labels as text.");
                }
                yield (double) value;
            }
            case Label.Real real -> {
                double value = real.value();
                if (!Double.isFinite(value)) {
                    throw refused(field, label, "is not a finite number", "Mark such cells as missing instead.");
                }
                yield value == 0 ? 0.0 : value;
            }
        };
    }

    private static Json json(Label label) {
        return switch (label) {
            case Label.Text text -> Json.text(text.value());
            case Label.Whole whole -> Json.whole(whole.value());
            case Label.Real real -> Json.real(real.value());
            case Label.Truth truth -> Json.truth(truth.value());
        };
    }

    private static InputRefused refused(String field, Label label, String objection, String remedy) {
        return new InputRefused(
                "obs/%s: the label \"%s\" %s.".formatted(field, text(label), objection),
                remedy + " Or leave the field out with --obs-keys.");
    }
}
