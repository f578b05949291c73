package io.cellferry.launch.jobfile;

import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.NearestWord;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads one job file strictly: every mistake is told with its line and column, all at once; nothing is guessed or
/// ignored.
///
/// Every value is the text that was written: YAML would make `no` false, `1.10` the number 1.1 and `007` the number 7,
/// and a data set may well be called that. `${...}` is plain text too: a job file cannot read the environment. Option
/// names and values are checked later against the job's own rules.
public final class JobFileReader {

    private static final List<String> TEXTS = List.of("job", "input", "output");
    private static final String OPTIONS = "options";
    private static final List<String> KEYS = List.of("job", "input", "output", OPTIONS);

    private final Path file;
    private final List<String> mistakes = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, List<String>> options = new LinkedHashMap<>();

    private JobFileReader(Path file) {
        this.file = file;
    }

    public static JobFile read(Path file) {
        return new JobFileReader(file.toAbsolutePath().normalize()).read();
    }

    private JobFile read() {
        Node document = JobFileText.document(file);
        if (document instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::takeKey);
        } else {
            mistake(document, "expected keys such as `job:`, found something else");
        }
        for (String key : TEXTS) {
            if (!seen.contains(key)) {
                mistakes.add("%s: the key `%s:` is missing".formatted(file, key));
            }
        }
        Path input = path("input");
        Path output = path("output");
        if (!mistakes.isEmpty()) {
            throw new RequestRefused(
                    String.join("\n", mistakes),
                    "Correct the file. It says `job:`, `input:`, `output:` and `options:`; the README explains one.");
        }
        return new JobFile(file, texts.getOrDefault("job", ""), input, output, options);
    }

    private void takeKey(NodeTuple entry) {
        String key = name(entry);
        requireNew(entry, seen.add(key));
        if (key.equals(OPTIONS)) {
            takeOptions(entry.getValueNode());
        } else if (!TEXTS.contains(key)) {
            mistake(
                    entry.getKeyNode(),
                    "unknown key `%s`; the nearest known key is `%s`".formatted(key, NearestWord.to(key, KEYS)));
        } else if (entry.getValueNode() instanceof ScalarNode text
                && !text.getValue().isBlank()) {
            texts.put(key, text.getValue());
        } else {
            mistake(entry.getValueNode(), "`%s` must be one text".formatted(key));
        }
    }

    private void takeOptions(Node node) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                String option = name(entry);
                List<String> values = values(option, entry.getValueNode());
                requireNew(entry, options.put(option, values) == null);
            }
        } else if (!isNothing(node)) {
            mistake(node, "`options` must hold names with values, such as `gzip: 6`");
        }
        options.values().removeIf(List::isEmpty); // `gzip:` with nothing behind it says nothing
    }

    private List<String> values(String option, Node node) {
        if (node instanceof ScalarNode text) {
            return isNothing(node) ? List.of() : List.of(text.getValue());
        }
        List<String> values = new ArrayList<>();
        if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
            for (Node one : sequence.getValue()) {
                if (one instanceof ScalarNode text && !isNothing(one)) {
                    values.add(text.getValue());
                } else {
                    mistake(one, "each value of `%s` must be one text".formatted(option));
                }
            }
        } else {
            mistake(node, "`%s` must be one text or a list of texts".formatted(option));
        }
        return values;
    }

    /// Nothing behind the colon; quotes make an empty text, which the option's rule will refuse.
    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode text
                && text.isPlain()
                && text.getValue().isEmpty();
    }

    private String name(NodeTuple entry) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
            return key.getValue();
        }
        mistake(entry.getKeyNode(), "a key must be one word");
        return "";
    }

    private void requireNew(NodeTuple entry, boolean isNew) {
        if (!isNew) {
            mistake(entry.getKeyNode(), "`%s` is said twice".formatted(name(entry)));
        }
    }

    private void mistake(Node where, String what) {
        Mark mark = where.getStartMark();
        mistakes.add("%s:%d:%d: %s".formatted(file, mark.getLine() + 1, mark.getColumn() + 1, what));
    }

    private Path path(String key) {
        String said = texts.getOrDefault(key, ".");
        try {
            Path folder = file.getParent();
            return (folder == null ? Path.of(said) : folder.resolve(said))
                    .toAbsolutePath()
                    .normalize();
        } catch (InvalidPathException e) {
            mistakes.add("%s: `%s` is not a path: %s".formatted(file, key, e.getMessage()));
            return file;
        }
    }
}
