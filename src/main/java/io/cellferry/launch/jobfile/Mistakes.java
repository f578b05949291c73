package io.cellferry.launch.jobfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/// What is wrong with one job file, in the order in which it was found.
final class Mistakes {

    private final Path file;
    private final List<String> all = new ArrayList<>();

    Mistakes(Path file) {
        this.file = file;
    }

    void at(Node where, String what) {
        Mark mark = where.getStartMark();
        all.add("%s:%d:%d: %s".formatted(file, mark.getLine() + 1, mark.getColumn() + 1, what));
    }

    void ofFile(String what) {
        all.add("%s: %s".formatted(file, what));
    }

    List<String> all() {
        return List.copyOf(all);
    }
}
