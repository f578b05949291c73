package io.cellferry.omexml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Writes XML: two spaces a level, attributes in the order they come, the same bytes for the same calls.
///
/// Characters that XML cannot hold, control characters and halves of surrogate pairs among them, become U+FFFD. Tabs
/// and line ends in attributes are written as references, because readers turn them into spaces otherwise.
final class XmlText {

    private final StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();
    private boolean tagIsOpen;

    XmlText open(String element) {
        closeTag();
        indent();
        text.append('<').append(element);
        open.push(element);
        tagIsOpen = true;
        return this;
    }

    XmlText close() {
        String element = open.pop();
        if (tagIsOpen) {
            text.append("/>\n");
            tagIsOpen = false;
        } else {
            indent();
            text.append("</").append(element).append(">\n");
        }
        return this;
    }

    /// An element of nothing but `content`.
    XmlText element(String element, String content) {
        closeTag();
        indent();
        text.append('<').append(element).append('>');
        escape(content);
        text.append("</").append(element).append(">\n");
        return this;
    }

    XmlText attribute(String name, String value) {
        text.append(' ').append(name).append("=\"");
        escape(value);
        text.append('"');
        return this;
    }

    XmlText attribute(String name, Optional<String> value) {
        value.ifPresent(present -> attribute(name, present));
        return this;
    }

    /// The shortest digits that are read back as the same number.
    XmlText number(String name, Optional<Double> value) {
        return attribute(name, value.map(XmlText::shortest));
    }

    XmlText number(String name, long value) {
        return attribute(name, Long.toString(value));
    }

    /// A number and, if there is one, its unit.
    XmlText quantity(String name, Optional<Double> value, String unit) {
        return number(name, value).attribute(name + "Unit", value.map(any -> unit));
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String shortest(double value) {
        String digits = Double.toString(value);
        return digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
    }

    private void closeTag() {
        if (tagIsOpen) {
            text.append(">\n");
            tagIsOpen = false;
        }
    }

    private void indent() {
        text.repeat("  ", open.size());
    }

    private void escape(String value) {
        value.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\t', '\n', '\r' -> text.append("&#").append(character).append(';');
                default -> text.appendCodePoint(isCharacter(character) ? character : 0xfffd);
            }
        });
    }

    /// XML 1.0, production 2.
    private static boolean isCharacter(int character) {
        return (character >= 0x20 && character <= 0xd7ff)
                || (character >= 0xe000 && character <= 0xfffd)
                || character >= 0x10000;
    }
}
