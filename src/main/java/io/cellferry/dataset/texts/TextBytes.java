package io.cellferry.dataset.texts;

import io.cellferry.codec.Utf8;
import java.nio.charset.StandardCharsets;

/// Turns stored bytes into text.
///
/// Writers tag UTF-8 and Latin-1 bytes as ASCII, so the tag is not believed: bytes are UTF-8 if they can be, else
/// Latin-1, which never fails.
public final class TextBytes {

    private TextBytes() {}

    public static String decode(byte[] bytes, int at, int count) {
        return Utf8.text(bytes, at, count).orElseGet(() -> new String(bytes, at, count, StandardCharsets.ISO_8859_1));
    }
}
