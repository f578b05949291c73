package io.cellferry.launch.jobfile;

import io.cellferry.jobs.NearestWord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// The keys below `schedule:` or `watch:`, each with one text; unknown ones, doubled ones and other values are
/// mistakes.
final class TextFields {

    private final Mistakes mistakes;
    private final Node whole;
    private final String name;
    private final Map<String, ScalarNode> texts = new LinkedHashMap<>();

    TextFields(Mistakes mistakes, String name, Node whole, List<String> known) {
        this.mistakes = mistakes;
        this.whole = whole;
        this.name = name;
        if (whole instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> take(entry, known));
        } else {
            mistakes.at(whole, "`%s` must hold the keys %s".formatted(name, String.join(", ", known)));
        }
    }

    private void take(NodeTuple entry, List<String> known) {
        String key = entry.getKeyNode() instanceof ScalarNode text ? text.getValue() : "";
        if (!known.contains(key)) {
            mistakes.at(
                    entry.getKeyNode(),
                    "unknown key `%s` in `%s`; the nearest known key is `%s`"
                            .formatted(key, name, NearestWord.to(key, known)));
        } else if (!(entry.getValueNode() instanceof ScalarNode text)
                || text.getValue().isBlank()) {
            mistakes.at(entry.getValueNode(), "`%s` must be one text".formatted(key));
        } else if (texts.put(key, text) != null) {
            mistakes.at(entry.getKeyNode(), "`%s` is said twice".formatted(key));
        }
    }

    Optional<ScalarNode> find(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    /// Says so when it is missing.
    Optional<ScalarNode> require(String key) {
        boolean missing = whole instanceof MappingNode mapping
                && mapping.getValue().stream()
                        .noneMatch(entry -> entry.getKeyNode() instanceof ScalarNode text
                                && text.getValue().equals(key));
        if (missing) {
            mistakes.at(whole, "the key `%s:` of `%s` is missing".formatted(key, name));
        }
        return find(key);
    }
}
