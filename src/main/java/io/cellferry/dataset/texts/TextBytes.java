package io.cellferry.dataset.texts;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Turns stored bytes into text.
///
/// Writers tag UTF-8 and Latin-1 bytes as ASCII, so the tag is not believed: bytes are UTF-8 if they can be, else
/// Latin-1, which never fails.
public final class TextBytes {

    private TextBytes() {}

    public static String decode(byte[] bytes, int at, int count) {
        for (int index = at; index < at + count; index++) {
            if (bytes[index] < 0) {
                return decodeBeyondAscii(bytes, at, count);
            }
        }
        return new String(bytes, at, count, StandardCharsets.ISO_8859_1);
    }

    private static String decodeBeyondAscii(byte[] bytes, int at, int count) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, count))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, at, count, StandardCharsets.ISO_8859_1);
        }
    }
}
