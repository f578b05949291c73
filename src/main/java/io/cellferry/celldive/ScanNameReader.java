package io.cellferry.celldive;

import io.cellferry.failure.Problem;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Takes the names of scans apart. The grammar, letter case ignored:
///
/// ```
/// name   = [prefix "_"] [date "_"] [sample "_"] round "_" region "_" dye ["_" marker] "_" "FINAL" ["_" rest] ending
/// prefix = words
/// date   = 8 digits
/// sample = "S" and 1 or 2 digits
/// round  = three numbers of 1 to 3 digits, joined by "."
/// region = "R" and 3 digits
/// dye    = a letter, then letters, digits, "-" and "."; neither "FINAL" nor like a region
/// marker = words, or nothing: then there may be another "_"
/// rest   = words
/// ending = ".ome.tif" | ".ome.tiff" | ".tif" | ".tiff"
/// words  = words without "_" joined by "_"; none is a round, none of a marker or rest is "FINAL"
/// ```
///
/// The round holds the name together. It is the only word of its kind, and everything else has a place relative to
/// it: a region is the word behind the round and no other, so that a marker `PR123`, or even `R123`, is a marker. A
/// name with two rounds could be read in two ways and is not read at all.
final class ScanNameReader {

    private static final Pattern ENDING = Pattern.compile("(\\.ome)?\\.tiff?\\z", Pattern.CASE_INSENSITIVE);

    /// Control characters, which nobody sees or a terminal obeys; what stands for bytes that are no characters where
    /// the program runs, as such a name finds no file; and the two that XML cannot hold.
    private static final Pattern UNREADABLE = Pattern.compile("[\\p{Cc}\uFFFD-\uFFFF]");

    private static final Pattern DATE = Pattern.compile("[0-9]{8}");
    private static final Pattern SAMPLE = Pattern.compile("[Ss][0-9]{1,2}");
    private static final Pattern REGION = Pattern.compile("[Rr][0-9]{3}");
    private static final Pattern DYE = Pattern.compile("(?![Rr][0-9]{3}\\z)[A-Za-z][A-Za-z0-9.-]*");
    private static final String FINAL = "FINAL";
    private static final String REMEDY = "Rename it like PREFIX_10082025_S1_1.0.4_R000_Cy3_MARKER_FINAL_AFR_F.ome.tif,"
            + " in which prefix, date, sample and marker may be missing, say with --names what such names mean, or move"
            + " it away.";

    private final String file;
    private final List<String> words;

    private ScanNameReader(String file, String stem) {
        this.file = file;
        this.words = Arrays.asList(stem.split("_", -1));
    }

    /// A name that breaks a rule. Never leaves this class.
    private static final class RuleBroken extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;
        private final String found;

        RuleBroken(String code, String found) {
            super(found, null, false, false);
            this.code = code;
            this.found = found;
        }
    }

    /// Whether `file` is an image by its name. One that begins with a dot is none: some systems leave such beside each
    /// file they copy.
    static boolean isImage(String file) {
        return !file.startsWith(".") && ENDING.matcher(file).find();
    }

    /// What `file`, a name without folders, says.
    static NameReading read(String file) {
        return read(file, Optional.empty());
    }

    /// The same by a person's own pattern, if there is one.
    static NameReading read(String file, Optional<NamePattern> pattern) {
        if (!isImage(file)) {
            return new NameReading.NoImage();
        }
        // The same letters may be composed or not, depending on the system that wrote the name.
        String stem = Normalizer.normalize(ENDING.matcher(file).replaceFirst(""), Normalizer.Form.NFC);
        if (pattern.isPresent() && !UNREADABLE.matcher(file).find()) {
            return pattern.get().read(file, stem);
        }
        try {
            return new NameReading.Scan(new ScanNameReader(file, stem).name());
        } catch (RuleBroken e) {
            String where = UNREADABLE.matcher(file).replaceAll("?");
            return new NameReading.Unmatched(
                    Problem.warning(e.code, where, "is left out: %s.".formatted(e.found), REMEDY));
        }
    }

    private ScanName name() throws RuleBroken {
        if (UNREADABLE.matcher(file).find()) {
            throw new RuleBroken(
                    "scans.name.characters",
                    "its name holds control characters, or others that cannot be read unless LANG is one like C.UTF-8");
        }
        int round = round();
        String region = word(round + 1, REGION, "scans.name.region", "a region like R000 after the round");
        String dye = word(round + 2, DYE, "scans.name.dye", "a dye like Cy3 after the region");
        int end = end(round + 3);
        int first = round;
        Optional<String> sample = before(first, SAMPLE);
        first -= sample.isPresent() ? 1 : 0;
        Optional<String> date = before(first, DATE);
        first -= date.isPresent() ? 1 : 0;
        return new ScanName(
                file,
                joined(0, first),
                date,
                sample,
                Round.of(words.get(round)),
                region.toUpperCase(Locale.ROOT),
                Dye.spelled(dye),
                joined(round + 3, end),
                joined(end + 1, words.size()));
    }

    private int round() throws RuleBroken {
        List<String> rounds = words.stream().filter(Round::isRound).toList();
        if (rounds.isEmpty()) {
            throw new RuleBroken(
                    "scans.name.round", "a round like 1.0.4 was expected between underscores, its name has none");
        }
        if (rounds.size() > 1) {
            throw new RuleBroken(
                    "scans.name.ambiguous", "one round was expected, its name has " + String.join(" and ", rounds));
        }
        return words.indexOf(rounds.getFirst());
    }

    private String word(int place, Pattern kind, String code, String expected) throws RuleBroken {
        if (place >= words.size()) {
            throw new RuleBroken(code, expected + " was expected, its name ends there");
        }
        String word = words.get(place);
        if (!kind.matcher(word).matches() || word.equalsIgnoreCase(FINAL)) {
            throw new RuleBroken(
                    code, "%s was expected, found %s".formatted(expected, word.isEmpty() ? "nothing" : word));
        }
        return word;
    }

    /// The place of FINAL, which ends the marker.
    private int end(int from) throws RuleBroken {
        int found = -1;
        for (int place = from; place < words.size(); place++) {
            if (words.get(place).equalsIgnoreCase(FINAL)) {
                if (found >= 0) {
                    throw new RuleBroken("scans.name.ambiguous", "one FINAL was expected, its name has two");
                }
                found = place;
            }
        }
        if (found < 0) {
            throw new RuleBroken(
                    "scans.name.final",
                    "FINAL was expected after dye and marker, which finished scans have; its name has none");
        }
        return found;
    }

    private Optional<String> before(int place, Pattern kind) {
        return place > 0 && kind.matcher(words.get(place - 1)).matches()
                ? Optional.of(words.get(place - 1))
                : Optional.empty();
    }

    /// Words `[from, to)`, without empty ones at either end.
    private String joined(int from, int to) {
        int first = from;
        int last = to;
        while (first < last && words.get(first).isEmpty()) {
            first++;
        }
        while (first < last && words.get(last - 1).isEmpty()) {
            last--;
        }
        return String.join("_", words.subList(first, last));
    }
}
