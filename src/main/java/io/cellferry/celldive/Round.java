package io.cellferry.celldive;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A round of staining and imaging, three numbers joined by dots; by a person's own pattern one or two will do.
/// `written` is as in the name, perhaps with zeros in front: `004.0.4` and `4.0.4` are the same round.
record Round(String written, List<Integer> numbers) {

    /// By number: 2.0.4 comes before 10.0.4.
    static final Comparator<Round> ORDER = Comparator.comparing(Round::numbers, (one, other) -> {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = Integer.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    });

    /// Of names that say none.
    static final Round NONE = new Round("", List.of());

    private static final Pattern WORD = Pattern.compile("[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){0,2}");

    Round {
        numbers = List.copyOf(numbers);
    }

    static boolean isRound(String word) {
        return WORD.matcher(word).matches();
    }

    static boolean isNumbers(String word) {
        return NUMBERS.matcher(word).matches();
    }

    static Round of(String word) {
        if (!isNumbers(word)) {
            throw new IllegalArgumentException("a round like 1.0.4 was expected, found " + word);
        }
        return new Round(
                word, Stream.of(word.split("\\.")).map(Integer::valueOf).toList());
    }
}
