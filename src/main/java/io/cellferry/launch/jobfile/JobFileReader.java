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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
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
    private static final String SCHEDULE = "schedule";
    private static final String WATCH = "watch";
    private static final List<String> KEYS = List.of("job", "input", "output", OPTIONS, SCHEDULE, WATCH);

    private final Path file;
    private final Mistakes mistakes;
    private final TimingReader timing;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, ScalarNode> texts = new TreeMap<>();
    private final Map<String, List<String>> options = new LinkedHashMap<>();
    private Optional<Schedule> schedule = Optional.empty();
    private Optional<Watch> watch = Optional.empty();

    private JobFileReader(Path file) {
        this.file = file;
        this.mistakes = new Mistakes(file);
        this.timing = new TimingReader(mistakes, Objects.requireNonNull(file.getParent(), "a file lies in a folder"));
    }

    public static JobFile read(Path file) {
        return new JobFileReader(file.toAbsolutePath().normalize()).read();
    }

    private JobFile read() {
        Node document = JobFileText.document(file);
        if (document instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::takeKey);
        } else {
            mistakes.at(document, "expected keys such as `job:`, found something else");
        }
        for (String key : TEXTS) {
            if (!seen.contains(key)) {
                mistakes.ofFile("the key `%s:` is missing".formatted(key));
            }
        }
        checkPlaceholders();
        Path input = path("input");
        Path output = path("output");
        if (!mistakes.all().isEmpty()) {
            throw new RequestRefused(
                    String.join("\n", mistakes.all()),
                    "Correct the file. It says `job:`, `input:`, `output:` and `options:`, and perhaps `schedule:` or"
                            + " `watch:`; the README explains one.");
        }
        return new JobFile(file, text("job"), input, output, options, schedule, watch);
    }

    private void checkPlaceholders() {
        if (seen.contains(WATCH)) {
            texts.computeIfPresent("input", (key, node) -> {
                Placeholders.ofInput(node.getValue()).forEach(wrong -> mistakes.at(node, wrong));
                return node;
            });
            texts.computeIfPresent("output", (key, node) -> {
                Placeholders.ofOutput(node.getValue()).forEach(wrong -> mistakes.at(node, wrong));
                return node;
            });
            return;
        }
        for (String key : List.of("input", "output")) {
            if (Placeholders.hasAny(text(key))) {
                mistakes.at(
                        Objects.requireNonNull(texts.get(key)),
                        "`%s` holds a word that only a file with `watch:` fills in".formatted(key));
            }
        }
    }

    private String text(String key) {
        return Optional.ofNullable(texts.get(key)).map(ScalarNode::getValue).orElse("");
    }

    private void takeKey(NodeTuple entry) {
        String key = name(entry);
        requireNew(entry, seen.add(key));
        if (key.equals(OPTIONS)) {
            takeOptions(entry.getValueNode());
        } else if (key.equals(SCHEDULE)) {
            schedule = timing.schedule(entry.getValueNode());
            requireOneTiming(entry);
        } else if (key.equals(WATCH)) {
            watch = timing.watch(entry.getValueNode());
            requireOneTiming(entry);
        } else if (!TEXTS.contains(key)) {
            mistakes.at(
                    entry.getKeyNode(),
                    "unknown key `%s`; the nearest known key is `%s`".formatted(key, NearestWord.to(key, KEYS)));
        } else if (entry.getValueNode() instanceof ScalarNode text
                && !text.getValue().isBlank()) {
            texts.put(key, text);
        } else {
            mistakes.at(entry.getValueNode(), "`%s` must be one text%s".formatted(key, quotes(entry.getValueNode())));
        }
    }

    /// `input: {file}` is a mapping to YAML.
    private static String quotes(Node node) {
        boolean bare = node instanceof MappingNode mapping
                && mapping.getFlowStyle() == DumperOptions.FlowStyle.FLOW
                && mapping.getValue().size() == 1
                && isNothing(mapping.getValue().getFirst().getValueNode());
        return bare ? "; what begins with a brace needs quotes, such as \"%s\"".formatted(Placeholders.FILE) : "";
    }

    private void requireOneTiming(NodeTuple entry) {
        if (seen.contains(SCHEDULE) && seen.contains(WATCH)) {
            mistakes.at(entry.getKeyNode(), "a file says `schedule` or `watch`, not both");
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
            mistakes.at(node, "`options` must hold names with values, such as `gzip: 6`");
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
                    mistakes.at(one, "each value of `%s` must be one text".formatted(option));
                }
            }
        } else {
            mistakes.at(node, "`%s` must be one text or a list of texts".formatted(option));
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
        mistakes.at(entry.getKeyNode(), "a key must be one word");
        return "";
    }

    private void requireNew(NodeTuple entry, boolean isNew) {
        if (!isNew) {
            mistakes.at(entry.getKeyNode(), "`%s` is said twice".formatted(name(entry)));
        }
    }

    private Path path(String key) {
        String said = texts.containsKey(key) ? text(key) : ".";
        try {
            Path folder = file.getParent();
            return SaidPath.in(folder == null ? Path.of("") : folder, Path.of(said));
        } catch (InvalidPathException e) {
            mistakes.ofFile("`%s` is not a path: %s".formatted(key, e.getMessage()));
            return file;
        }
    }
}
