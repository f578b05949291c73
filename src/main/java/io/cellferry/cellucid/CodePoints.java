package io.cellferry.cellucid;

import java.util.Comparator;

/// Texts in the order of their code points, as Python sorts them.
///
/// `String.compareTo` goes by UTF-16 unit and puts characters above U+FFFF before U+E000 to U+FFFF.
final class CodePoints {

    static final Comparator<String> ORDER = CodePoints::compare;

    private CodePoints() {}

    private static int compare(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        for (int i = 0; i < shorter; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    // The first differing units decide: halves of a pair belong above every unit that is a character of its own.
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
