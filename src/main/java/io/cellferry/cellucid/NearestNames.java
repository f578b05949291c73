package io.cellferry.cellucid;

import java.util.Collection;
import java.util.Locale;

/// Guesses what a mistyped gene name meant.
final class NearestNames {

    private NearestNames() {}

    /// `"ACTBB" (did you mean "ACTB"?)`, without the question when nothing is close.
    static String withSuggestion(String name, Collection<String> known) {
        int best = Math.max(1, name.length() / 3) + 1;
        String nearest = "";
        for (String candidate : known) {
            if (Math.abs(candidate.length() - name.length()) >= best) {
                continue;
            }
            int changes = changes(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (changes < best || (changes == best && !nearest.isEmpty() && candidate.compareTo(nearest) < 0)) {
                best = changes;
                nearest = candidate;
            }
        }
        return nearest.isEmpty() ? "\"%s\"".formatted(name) : "\"%s\" (did you mean \"%s\"?)".formatted(name, nearest);
    }

    /// The least number of characters to insert, delete or replace.
    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
