package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.failure.InputRefused;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which fragments of an array count: those whose writing was finished, without those that a consolidation
/// replaced.
///
/// A file `NAME.wrt`, or a line in a `.con` file that no `.ign` file takes back, says that fragment NAME is
/// complete; a line in a `.vac` file says that it was merged into another one and waits to be removed. Deletions
/// and updates of cells are refused: reading on without them would bring deleted cells back.
final class CommittedFragments {

    private static final String WRITTEN = ".wrt";
    private static final List<String> CONDITIONS = List.of(".del", ".upd");

    private final StoredFolder folder;
    private final String array;
    private final String commits;

    private CommittedFragments(StoredFolder folder, String array) {
        this.folder = folder;
        this.array = array;
        this.commits = StoredFolder.join(array, "__commits");
    }

    /// Oldest first.
    static List<StampedName> of(StoredFolder folder, String array) {
        return new CommittedFragments(folder, array).list();
    }

    private List<StampedName> list() {
        refuseOldFragments();
        List<String> names = folder.names(commits);
        Set<String> committed = new TreeSet<>();
        Set<String> ignored = new HashSet<>();
        Set<String> replaced = new HashSet<>();
        for (String name : names) {
            String file = StoredFolder.join(commits, name);
            refuseCondition(file, name);
            if (name.endsWith(WRITTEN)) {
                committed.add(name);
            } else if (name.endsWith(".ign")) {
                ignored.addAll(StampedFiles.lastParts(folder, file));
            } else if (name.endsWith(StampedFiles.VACUUM)) {
                replaced.addAll(StampedFiles.lastParts(folder, file));
            }
        }
        for (String name : names) {
            if (name.endsWith(".con")) {
                String file = StoredFolder.join(commits, name);
                List<String> lines = StampedFiles.lastParts(folder, file);
                requireWhole(file, name, lines);
                for (String line : lines) {
                    refuseCondition(file, line);
                    if (line.endsWith(WRITTEN) && !ignored.contains(line)) {
                        committed.add(line);
                    }
                }
            }
        }
        requireNoneLost(committed, ignored, replaced);
        List<StampedName> finished = committed.stream()
                .map(name -> name.substring(0, name.length() - WRITTEN.length()))
                .map(StampedName::of)
                .flatMap(Optional::stream)
                .sorted(StampedName.BY_AGE)
                .toList();
        List<StampedName> current = finished.stream()
                .filter(name -> !replaced.contains(name.text()))
                .toList();
        for (StampedName name : finished) {
            if (replaced.contains(name.text())) {
                requireReplacement(name, current);
            }
        }
        return current;
    }

    /// What replaces a fragment covers its time.
    private void requireReplacement(StampedName replaced, List<StampedName> current) {
        if (current.stream().noneMatch(name -> name.first() <= replaced.first() && name.last() >= replaced.last())) {
            throw folder.refusal(
                    StoredFolder.join(array, "__fragments/" + replaced.text()),
                    new Malformed("it was merged into another fragment, of which nothing is there"));
        }
    }

    /// A write ends with an empty file in `__commits`, and some ways of copying leave empty files out: the whole
    /// fragment would be missing without a word. One that was cut short in writing has no metadata yet.
    private void requireNoneLost(Set<String> committed, Set<String> ignored, Set<String> replaced) {
        String home = StoredFolder.join(array, "__fragments");
        for (String name : folder.names(home)) {
            String commit = name + WRITTEN;
            boolean known = committed.contains(commit) || ignored.contains(commit) || replaced.contains(name);
            String place = StoredFolder.join(home, name);
            if (!known && folder.isFile(StoredFolder.join(place, Fragment.METADATA))) {
                throw new InputRefused(
                        "%s: %s is a whole fragment, but %s/%s, which says that its writing was finished, is missing."
                                .formatted(folder.path(), place, commits, commit),
                        "Copy the experiment again with its empty files. If the original has no such file either, "
                                + "that write failed at its end: write it again, or remove the fragment to do without.");
            }
        }
    }

    /// The name of a consolidated file tells the first and the last time in it, so one that was cut off shows.
    private void requireWhole(String file, String name, List<String> lines) {
        Optional<StampedName> own = StampedFiles.stamp(name);
        List<StampedName> stamps = lines.stream()
                .map(StampedFiles::stamp)
                .flatMap(Optional::stream)
                .toList();
        long first = stamps.stream().mapToLong(StampedName::first).min().orElse(-1);
        long last = stamps.stream().mapToLong(StampedName::last).max().orElse(-1);
        boolean known = lines.stream()
                .allMatch(line -> line.endsWith(WRITTEN)
                        || line.endsWith(".ok")
                        || CONDITIONS.stream().anyMatch(line::endsWith));
        if (!known || own.isEmpty() || own.get().first() != first || own.get().last() != last) {
            throw folder.refusal(file, new Malformed("it does not hold the commits that its name announces"));
        }
    }

    private void refuseCondition(String file, String name) {
        for (String ending : CONDITIONS) {
            if (name.endsWith(ending)) {
                throw folder.refusal(
                        file,
                        new Malformed(
                                "the array has cells deleted or updated by a condition (%s), which is not read here"
                                        .formatted(name)));
            }
        }
    }

    /// Before format 12 fragments lay in the array's folder itself.
    private void refuseOldFragments() {
        for (String name : folder.names(array)) {
            boolean fragment = StampedName.of(name).isPresent() && folder.isFolder(StoredFolder.join(array, name));
            if (fragment || name.equals("__array_schema.tdb")) {
                throw folder.refusal(
                        StoredFolder.join(array, name),
                        new Malformed("it is of a storage format before %d".formatted(SchemaReader.OLDEST)));
            }
        }
    }
}
