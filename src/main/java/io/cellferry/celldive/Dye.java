package io.cellferry.celldive;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The dyes every instrument has, in the order of their channels within a round, with the colours they are shown in.
///
/// Names may hold others: those follow in alphabetical order, in colours that go by the channel's place.
enum Dye {
    DAPI("DAPI", 0xFFFFFF),
    FITC("FITC", 0x00FF00),
    CY3("Cy3", 0xFFB000),
    CY5("Cy5", 0xDC267F),
    CY7("Cy7", 0x00FFFF);

    /// Dyes by their names: those above first.
    static final Comparator<String> ORDER =
            Comparator.<String>comparingInt(Dye::rank).thenComparing(String.CASE_INSENSITIVE_ORDER);

    private static final List<Integer> OTHER_COLOURS =
            List.of(0xFFB000, 0xDC267F, 0x00FFFF, 0x00FF00, 0xFE6100, 0x785EF0, 0xFFE119, 0x648FFF);

    private final String word;
    private final int colour;

    Dye(String word, int colour) {
        this.word = word;
        this.colour = colour;
    }

    /// The dye a word of a file's name means, whatever its letter case.
    static Optional<Dye> named(String word) {
        for (Dye dye : values()) {
            if (dye.word.equalsIgnoreCase(word)) {
                return Optional.of(dye);
            }
        }
        return Optional.empty();
    }

    /// A known dye as it is usually spelled, another as it is.
    static String spelled(String word) {
        return named(word).map(dye -> dye.word).orElse(word);
    }

    /// Red, green, blue for the dye of channel number `channel` of its region.
    static int colour(String word, int channel) {
        return named(word).map(dye -> dye.colour).orElse(OTHER_COLOURS.get(channel % OTHER_COLOURS.size()));
    }

    private static int rank(String word) {
        return named(word).map(Dye::ordinal).orElse(values().length);
    }
}
