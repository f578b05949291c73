package io.cellferry.dataset.anndatazarr;

import io.cellferry.dataset.texts.TextBytes;
import io.cellferry.zarr.ElementKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/// Texts of a fixed length, filled up with zeros.
final class FixedTexts {

    private static final int REPLACEMENT = 0xFFFD;

    private FixedTexts() {}

    /// Java's own UTF-32 takes a first U+FEFF for a mark and drops it; here it is a character like others.
    static String wide(byte[] bytes, int at, ElementKind.WideText kind) {
        IntBuffer letters = ByteBuffer.wrap(bytes, at, kind.bytes())
                .order(kind.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        int count = kind.characters();
        while (count > 0 && letters.get(count - 1) == 0) {
            count--;
        }
        StringBuilder text = new StringBuilder(count);
        for (int letter = 0; letter < count; letter++) {
            text.appendCodePoint(character(letters.get(letter)));
        }
        return text.toString();
    }

    private static int character(int letter) {
        boolean surrogate = letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE;
        return Character.isValidCodePoint(letter) && !surrogate ? letter : REPLACEMENT;
    }

    static String narrow(byte[] bytes, int at, ElementKind.ByteText kind) {
        int count = kind.length();
        while (count > 0 && bytes[at + count - 1] == 0) {
            count--;
        }
        return TextBytes.decode(bytes, at, count);
    }
}
