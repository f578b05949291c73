package io.cellferry.dataset.anndatazarr;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.zarr.ElementKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedTextsTest {

    private static final int CHARACTERS = 6;

    @ParameterizedTest
    @ValueSource(strings = {"", "B", "naïve", "🧬細胞", "a\0b", "sixsix", "\uFEFFmark"})
    void wideTextsComeBackInBothOrders(String text) {
        for (boolean bigEndian : new boolean[] {false, true}) {
            byte[] bytes = wide(bigEndian, text.codePoints().toArray());

            assertThat(FixedTexts.wide(bytes, 4, new ElementKind.WideText(CHARACTERS, bigEndian)))
                    .isEqualTo(text);
        }
    }

    @Test
    void whatIsNoCharacterIsShownAsSuch() {
        byte[] bytes = wide(false, 'a', 0x110000, -1, 0xD800, 0xDFFF, 'b');

        assertThat(FixedTexts.wide(bytes, 4, new ElementKind.WideText(CHARACTERS, false)))
                .isEqualTo("a\uFFFD\uFFFD\uFFFD\uFFFDb");
    }

    /// Behind four bytes of something else.
    private static byte[] wide(boolean bigEndian, int... letters) {
        ByteBuffer bytes = ByteBuffer.allocate((CHARACTERS + 2) * Integer.BYTES)
                .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        bytes.putInt('x');
        for (int letter : letters) {
            bytes.putInt(letter);
        }
        return bytes.putInt((CHARACTERS + 1) * Integer.BYTES, 'y').array();
    }

    @Test
    void narrowTextsEndAtTheirLastByteThatIsNotZero() {
        byte[] bytes = "xT\0cell\0\0y".getBytes(StandardCharsets.US_ASCII);

        assertThat(FixedTexts.narrow(bytes, 1, new ElementKind.ByteText(8))).isEqualTo("T\0cell");
        assertThat(FixedTexts.narrow(bytes, 7, new ElementKind.ByteText(2))).isEmpty();
    }
}
