package io.cellferry.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

    @ParameterizedTest
    @ValueSource(strings = {"", "T cell", "naïve", "細胞 🧬", "a \uFFFD that was written so", "\uFEFFwith a mark"})
    void textsComeBackAsTheyWere(String text) {
        byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8.text(bytes, 1, bytes.length - 2)).contains(text);
    }

    @Test
    void latinOneIsNotTakenForIt() {
        byte[] bytes = "naïve".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Utf8.text(bytes, 0, bytes.length)).isEmpty();
        assertThat(Utf8.text(bytes, 0, 2)).contains("na");
    }

    /// A surrogate alone, a character in more bytes than it needs, and one that is cut off.
    @ParameterizedTest
    @ValueSource(strings = {"\u00ED\u00A0\u0080", "\u00C0\u00AF", "\u00E7\u00B4"})
    void whatLooksLikeItIsNotTakenForIt(String bytesOfIt) {
        byte[] bytes = bytesOfIt.getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Utf8.text(bytes, 0, bytes.length)).isEmpty();
    }
}
