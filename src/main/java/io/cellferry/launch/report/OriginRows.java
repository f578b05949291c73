package io.cellferry.launch.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an output was made from, as rows of a name and a value: what lies within others is named by all of them.
final class OriginRows {

    /// Told elsewhere on the page.
    private static final Set<String> TOLD = Set.of("job", "input", "options");

    private static final int MOST_ROWS = 12;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<List<String>> rows = new ArrayList<>();

    private OriginRows() {}

    /// Those of the `details` of a publication, in their order. What has many is cut, to leave room for others.
    static List<List<String>> of(Map<String, Object> details) {
        List<List<String>> all = new ArrayList<>();
        details.forEach((name, value) -> {
            if (!TOLD.contains(name)) {
                OriginRows one = new OriginRows();
                one.add(name, JSON.valueToTree(value));
                int shown = Math.min(one.rows.size(), MOST_ROWS);
                all.addAll(one.rows.subList(0, shown));
                if (shown < one.rows.size()) {
                    all.add(List.of(
                            name, "and %,d more; the manifest has them all".formatted(one.rows.size() - shown)));
                }
            }
        });
        return all;
    }

    private void add(String name, JsonNode value) {
        if (value.isObject() && !value.isEmpty()) {
            value.properties().forEach(part -> add(name + " / " + part.getKey(), part.getValue()));
        } else if (value.isArray() && elements(value).stream().anyMatch(JsonNode::isContainer)) {
            for (int at = 0; at < value.size(); at++) {
                add(name + " / " + (at + 1), value.get(at));
            }
        } else {
            rows.add(List.of(name, text(value)));
        }
    }

    private static String text(JsonNode value) {
        if (value.isNull() || value.isContainer() && value.isEmpty()) {
            return "none";
        }
        if (value.isArray()) {
            return elements(value).stream().map(OriginRows::text).collect(Collectors.joining(", "));
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
