package io.cellferry.celldive;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A round of staining and imaging, three numbers joined by dots. `written` is as in the name, perhaps with zeros in
/// front: `004.0.4` and `4.0.4` are the same round.
record Round(String written, List<Integer> numbers) {

    /// By number: 2.0.4 comes before 10.0.4.
    static final Comparator<Round> ORDER = Comparator.comparing(Round::numbers, (one, other) -> {
        for (int i = 0; i < 3; i++) {
            int order = Integer.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    });

    private static final Pattern WORD = Pattern.compile("[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");

    Round {
        numbers = List.copyOf(numbers);
    }

    static boolean isRound(String word) {
        return WORD.matcher(word).matches();
    }

    static Round of(String word) {
        if (!isRound(word)) {
            throw new IllegalArgumentException("a round like 1.0.4 was expected, found " + word);
        }
        return new Round(
                word, Stream.of(word.split("\\.")).map(Integer::valueOf).toList());
    }
}
