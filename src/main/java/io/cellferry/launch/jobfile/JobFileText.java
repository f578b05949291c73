package io.cellferry.launch.jobfile;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.RequestRefused;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;

/// The text of a job file as the one tree of YAML nodes that it is, or a refusal. No object is ever made from it.
///
/// Anchors, aliases and tags are refused before the tree is made: twenty lines of aliases can stand for more text than
/// any memory holds, and a job needs none of them.
final class JobFileText {

    /// A job file is written by hand; more than this is something else.
    private static final long MOST_BYTES = 1 << 20;

    /// Each level makes the parser slower for all that follows; a job file has three.
    private static final int MOST_LEVELS = 16;

    private static final String REMEDY = "Correct the file.";

    private JobFileText() {}

    static Node document(Path file) {
        String text = text(file);
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Math.toIntExact(MOST_BYTES));
        try {
            requirePlain(file, new Yaml(options).parse(new StringReader(text)));
            List<Node> documents = new ArrayList<>();
            new Yaml(options).composeAll(new StringReader(text)).forEach(documents::add);
            if (documents.isEmpty()) {
                throw new RequestRefused(
                        "%s says nothing.".formatted(file),
                        "Write `job:`, `input:` and `output:` into it; the README explains one.");
            }
            if (documents.size() != 1) {
                throw new RequestRefused(
                        "%s holds %d YAML documents; a job file describes exactly one job."
                                .formatted(file, documents.size()),
                        "Write one file for each job.");
            }
            return documents.getFirst();
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new RequestRefused(
                    "%s%s: cannot be read as YAML: %s".formatted(file, mark == null ? "" : at(mark), e.getProblem()),
                    REMEDY,
                    e);
        } catch (YAMLException e) {
            throw new RequestRefused("%s: cannot be read as YAML: %s".formatted(file, e.getMessage()), REMEDY, e);
        }
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new RequestRefused("There is no job file %s.".formatted(file), "Name a file such as jobs/demo.yml.");
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new RequestRefused(
                        "%s has %,d bytes; a job file has at most %,d.".formatted(file, Files.size(file), MOST_BYTES),
                        "Name the job file, not its input.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new RequestRefused("%s is not UTF-8 text.".formatted(file), "Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new RequestRefused(
                    "%s cannot be read: %s".formatted(file, IoWords.of(e)), "Check its permissions.", e);
        }
    }

    private static void requirePlain(Path file, Iterable<Event> events) {
        List<String> mistakes = new ArrayList<>();
        int depth = 0;
        for (Event event : events) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > MOST_LEVELS) {
                throw new RequestRefused(
                        "%s%s: found more than %d levels inside each other; a job file has three."
                                .formatted(file, at(event.getStartMark()), MOST_LEVELS),
                        REMEDY);
            }
            if (event instanceof AliasEvent) {
                mistakes.add("%s%s: an alias (*name) is not taken".formatted(file, at(event.getStartMark())));
            } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
                mistakes.add("%s%s: an anchor (&name) is not taken".formatted(file, at(event.getStartMark())));
            } else if (isTagged(event)) {
                mistakes.add("%s%s: a tag (!name) is not taken".formatted(file, at(event.getStartMark())));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new RequestRefused(String.join("\n", mistakes), "Write the values out, without & * and !.");
        }
    }

    private static boolean isTagged(Event event) {
        return event instanceof ScalarEvent scalar && scalar.getTag() != null
                || event instanceof CollectionStartEvent collection && collection.getTag() != null;
    }

    private static String at(Mark mark) {
        return ":%d:%d".formatted(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
