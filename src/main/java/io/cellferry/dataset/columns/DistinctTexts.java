package io.cellferry.dataset.columns;

import io.cellferry.dataset.ObsColumn;
import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Gives every different text a number, in order of first appearance. Bounded: the text that would be one too many
/// (see [ObsColumn.Texts]) is refused.
final class DistinctTexts {

    private final Path file;
    private final String where;
    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> inOrder = new ArrayList<>();

    DistinctTexts(Path file, String where) {
        this.file = file;
        this.where = where;
    }

    int code(String text) {
        Integer known = codes.get(text);
        if (known != null) {
            return known;
        }
        if (inOrder.size() == ObsColumn.Texts.MOST_DISTINCT) {
            throw Obstacle.refusal(
                    file,
                    Problem.refusal(
                            "input.column.texts",
                            where,
                            "holds more than %,d different texts".formatted(ObsColumn.Texts.MOST_DISTINCT),
                            "A column of names or free text cannot be coded; leave it out."));
        }
        codes.put(text, inOrder.size());
        inOrder.add(text);
        return inOrder.size() - 1;
    }

    List<String> inOrder() {
        return inOrder;
    }
}
