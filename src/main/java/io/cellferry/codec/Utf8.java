package io.cellferry.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads UTF-8 without putting anything in the place of bytes that are none.
public final class Utf8 {

    /// What the JDK puts there; a text may hold it rightly too.
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /// Empty if the bytes are no UTF-8.
    public static Optional<String> text(byte[] bytes, int at, int count) {
        String text = new String(bytes, at, count, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? Optional.of(text) : exact(ByteBuffer.wrap(bytes, at, count));
    }

    private static Optional<String> exact(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
