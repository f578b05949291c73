package io.cellferry.cellucid;

import io.cellferry.failure.RequestRefused;
import java.util.Optional;

/// Which texts a viewer can draw as they are written: not empty, no control or invisible characters, no half of a
/// surrogate pair, no space at either end.
final class DisplayText {

    private DisplayText() {}

    /// What is wrong with `text`, in words, or nothing.
    static Optional<String> objection(String text) {
        if (text.isEmpty()) {
            return Optional.of("is empty");
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            if (isInvisible(point) || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
                return Optional.of("holds the invisible character U+%04X".formatted(point));
            }
        }
        if (isSpace(text.charAt(0)) || isSpace(text.charAt(text.length() - 1))) {
            return Optional.of("begins or ends with a space");
        }
        return Optional.empty();
    }

    static void require(String option, String text) {
        objection(text).ifPresent(objection -> {
            throw new RequestRefused(
                    "%s: expected a text that can be shown, but \"%s\" %s.".formatted(option, text, objection),
                    "Give a text without control characters and without spaces at its ends.");
        });
    }

    /// `text` with every run of spaces as one plain space; labels that are equal then look alike.
    static String collapsed(String text) {
        StringBuilder collapsed = new StringBuilder(text.length());
        boolean inRun = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isSpace(c)) {
                collapsed.append(c);
            } else if (!inRun) {
                collapsed.append(' ');
            }
            inRun = isSpace(c);
        }
        return collapsed.toString();
    }

    private static boolean isInvisible(int point) {
        return point <= 0x1f
                || (point >= 0x7f && point <= 0x9f)
                || point == 0x200b
                || point == 0x2060
                || point == 0xfeff;
    }

    private static boolean isSpace(char c) {
        return c == ' '
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }
}
