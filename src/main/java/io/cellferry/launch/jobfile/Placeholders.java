package io.cellferry.launch.jobfile;

import io.cellferry.jobs.NearestWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words that `input` and `output` of a watching file hold for what arrives: `{file}` is where it lies, `{name}`
/// its name without the last extension.
final class Placeholders {

    static final String FILE = "{file}";
    static final String NAME = "{name}";

    private static final List<String> KNOWN = List.of(FILE, NAME);
    private static final Pattern ANY = Pattern.compile("\\{[^{}]*}");

    private Placeholders() {}

    /// What is wrong with the `input` of a watching file.
    static List<String> ofInput(String said) {
        List<String> wrong = unknown("input", said);
        if (said.contains(FILE) && !said.equals(FILE)) {
            wrong.add("`input` holds more than \"%s\", which is the whole path of what arrived".formatted(FILE));
        } else if (!said.contains(FILE) && !said.contains(NAME)) {
            wrong.add(
                    ("`input` says the same for each file that arrives; write \"%s\" for the file, or \"%s\" in a path"
                                    + " for its name")
                            .formatted(FILE, NAME));
        }
        return wrong;
    }

    static List<String> ofOutput(String said) {
        List<String> wrong = unknown("output", said);
        if (said.contains(FILE)) {
            wrong.add("`output` holds \"%s\", which is for `input` only".formatted(FILE));
        }
        if (!said.contains(NAME)) {
            wrong.add("`output` says the same for each file that arrives; write \"%s\" in it, for its name"
                    .formatted(NAME));
        }
        return wrong;
    }

    private static List<String> unknown(String key, String said) {
        List<String> wrong = new ArrayList<>();
        Matcher found = ANY.matcher(said);
        while (found.find()) {
            if (!KNOWN.contains(found.group())) {
                wrong.add("`%s` holds the unknown word %s; the nearest known one is %s"
                        .formatted(key, found.group(), NearestWord.to(found.group(), KNOWN)));
            }
        }
        return wrong;
    }

    static boolean hasAny(String said) {
        return KNOWN.stream().anyMatch(said::contains);
    }

    /// `path` with the words filled in. `folder` is that of the job file: what is called like a placeholder above it
    /// is none.
    static Path fill(Path folder, Path path, Path arrived) {
        if (path.equals(folder.resolve(FILE))) {
            return arrived;
        }
        String relative = folder.relativize(path).toString().replace(NAME, name(arrived));
        return folder.resolve(relative).normalize();
    }

    private static String name(Path arrived) {
        String whole = String.valueOf(arrived.getFileName());
        int dot = whole.lastIndexOf('.');
        return dot < 1 ? whole : whole.substring(0, dot);
    }
}
