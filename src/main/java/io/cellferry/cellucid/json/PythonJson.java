package io.cellferry.cellucid.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

/// Writes JSON to the letter as Python's `json.dumps` does: on one line, or with an indent of two.
///
/// ASCII only, `", "` and `": "` between things on one line, no newline at the end. Streams through a small buffer, so
/// the text of a large manifest is never held.
public final class PythonJson {

    /// Takes the bytes of a text, piece by piece; the array is lent.
    @FunctionalInterface
    public interface Sink {
        void write(byte[] bytes, int from, int count);
    }

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Sink sink;
    private final boolean indented;
    private final byte[] buffer = new byte[8192];
    private int filled;

    private PythonJson(Sink sink, boolean indented) {
        this.sink = sink;
        this.indented = indented;
    }

    public static String line(Json value) {
        return text(value, false);
    }

    public static String indented(Json value) {
        return text(value, true);
    }

    public static void writeLine(Json value, Sink sink) {
        new PythonJson(sink, false).writeWhole(value);
    }

    public static void writeIndented(Json value, Sink sink) {
        new PythonJson(sink, true).writeWhole(value);
    }

    private static String text(Json value, boolean indented) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new PythonJson(bytes::write, indented).writeWhole(value);
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    private void writeWhole(Json value) {
        write(value, 0);
        sink.write(buffer, 0, filled);
        filled = 0;
    }

    private void write(Json value, int depth) {
        switch (value) {
            case Json.Text text -> quote(text.value());
            case Json.Whole whole -> ascii(Long.toString(whole.value()));
            case Json.Real real -> ascii(real(real.value()));
            case Json.Truth truth -> ascii(truth.value() ? "true" : "false");
            case Json.Nothing nothing -> ascii("null");
            case Json.Array array -> array(array, depth);
            case Json.Members members -> members(members, depth);
        }
    }

    // Python writes these three although JSON knows none of them.
    private static String real(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        return PythonFloat.repr(number);
    }

    private void array(Json.Array array, int depth) {
        if (array.items().isEmpty()) {
            ascii("[]");
            return;
        }
        put('[');
        Iterator<Json> items = array.items().iterator();
        for (boolean first = true; items.hasNext(); first = false) {
            separate(first, depth + 1);
            write(items.next(), depth + 1);
        }
        end(depth);
        put(']');
    }

    private void members(Json.Members members, int depth) {
        if (members.byName().isEmpty()) {
            ascii("{}");
            return;
        }
        put('{');
        boolean first = true;
        for (Map.Entry<String, Json> member : members.byName().entrySet()) {
            separate(first, depth + 1);
            first = false;
            quote(member.getKey());
            ascii(": ");
            write(member.getValue(), depth + 1);
        }
        end(depth);
        put('}');
    }

    private void separate(boolean first, int depth) {
        if (!first) {
            ascii(indented ? "," : ", ");
        }
        if (indented) {
            newLine(depth);
        }
    }

    private void end(int depth) {
        if (indented) {
            newLine(depth);
        }
    }

    private void newLine(int depth) {
        put('\n');
        for (int i = 0; i < depth; i++) {
            ascii("  ");
        }
    }

    private void quote(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> ascii("\\\"");
                case '\\' -> ascii("\\\\");
                case '\n' -> ascii("\\n");
                case '\r' -> ascii("\\r");
                case '\t' -> ascii("\\t");
                case '\b' -> ascii("\\b");
                case '\f' -> ascii("\\f");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        put(c);
                    } else {
                        escape(c);
                    }
                }
            }
        }
        put('"');
    }

    private void escape(char c) {
        ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            put((char) HEX[(c >> shift) & 0xf]);
        }
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void put(char c) {
        if (filled == buffer.length) {
            sink.write(buffer, 0, filled);
            filled = 0;
        }
        buffer[filled++] = (byte) c;
    }
}
