package io.cellferry.dataset.columns;

import io.cellferry.dataset.Label;
import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.ValueBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/// Reads values one by one as what they are: the labels of a categorical column, names that are no texts.
final class Labels {

    private Labels() {}

    /// All values in stored order; they take as much room as they are in number.
    static List<Label> read(Path file, ColumnValues stored) {
        List<Label> labels = new ArrayList<>();
        switch (stored.type()) {
            case ElementType.Text text ->
                ColumnSlices.texts(stored, (from, slice) -> slice.forEach(value -> labels.add(new Label.Text(value))));
            case ElementType.Whole whole ->
                ColumnSlices.wholes(stored, (from, slice) -> {
                    for (long value : slice) {
                        labels.add(new Label.Whole(value));
                    }
                });
            case ElementType.Real real ->
                ColumnSlices.numbers(stored, (from, count, slice) -> add(slice, count, Label.Real::new, labels));
            case ElementType.Flag flag ->
                ColumnSlices.numbers(
                        stored, (from, count, slice) -> add(slice, count, bit -> new Label.Truth(bit != 0), labels));
            case ElementType.Enumeration named -> throw unusable(file, stored);
            case ElementType.Compound row -> throw unusable(file, stored);
            case ElementType.SubArray inner -> throw unusable(file, stored);
            case ElementType.Reference reference -> throw unusable(file, stored);
            case ElementType.Other other -> throw unusable(file, stored);
        }
        return labels;
    }

    private static void add(ValueBuffer values, int count, DoubleFunction<Label> label, List<Label> labels) {
        for (int i = 0; i < count; i++) {
            labels.add(label.apply(values.asDouble(i)));
        }
    }

    private static InputRefused unusable(Path file, ColumnValues stored) {
        return Obstacle.refusal(file, ColumnKinds.unusable(stored.path(), stored.typeName()));
    }
}
