package io.cellferry.celldive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the files of a region say about one thing, and which of them says what.
///
/// Kept while one region is read: a name and a value a file.
final class Statements<V> {

    /// Who sees that five files differ does not need the sixth.
    private static final int MOST_TOLD = 5;

    private final BiPredicate<V, V> same;
    private final List<Statement<V>> statements = new ArrayList<>();

    Statements(BiPredicate<V, V> same) {
        this.same = same;
    }

    private record Statement<V>(V value, List<String> files) {}

    /// `file` says `value`: the same as an earlier one, or something new.
    void add(V value, String file) {
        for (Statement<V> statement : statements) {
            if (same.test(statement.value(), value)) {
                statement.files().add(file);
                return;
            }
        }
        statements.add(new Statement<>(value, new ArrayList<>(List.of(file))));
    }

    boolean isEmpty() {
        return statements.isEmpty();
    }

    boolean disagree() {
        return statements.size() > 1;
    }

    /// What is said and a file that says it, such as `uint8 in A.tif and 2 more; uint16 in B.tif`.
    String inWords(Function<V, String> words) {
        String told = statements.stream()
                .limit(MOST_TOLD)
                .map(each -> "%s in %s".formatted(words.apply(each.value()), filesInWords(each.files())))
                .collect(Collectors.joining("; "));
        return statements.size() <= MOST_TOLD
                ? told
                : "%s; and %,d more".formatted(told, statements.size() - MOST_TOLD);
    }

    /// One file, or the first of several and how many more there are.
    static String filesInWords(List<String> files) {
        return files.size() == 1 ? files.getFirst() : "%s and %,d more".formatted(files.getFirst(), files.size() - 1);
    }
}
