package io.cellferry.hvg;

import io.cellferry.storage.ByteSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Hands text on as UTF-8, in pieces of some 64 KiB. Numbers are the shortest that are read back as the same.
final class TextSink {

    private static final int PIECE = 1 << 16;

    private final ByteSink sink;
    private final StringBuilder text = new StringBuilder();

    TextSink(ByteSink sink) {
        this.sink = sink;
    }

    TextSink add(String piece) {
        text.append(piece);
        if (text.length() >= PIECE) {
            end();
        }
        return this;
    }

    /// Hands on what is left.
    void end() {
        sink.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
        text.setLength(0);
    }

    /// A number as CSV and JSON have it; infinite ones are `inf` and `-inf`, as Python writes and reads them.
    static String number(double value) {
        return Double.isInfinite(value)
                ? infinite(value)
                : Double.toString(value).replace('E', 'e');
    }

    static String number(float value) {
        return Float.isInfinite(value) ? infinite(value) : Float.toString(value).replace('E', 'e');
    }

    private static String infinite(double value) {
        return value > 0 ? "inf" : "-inf";
    }
}
