package io.cellferry.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is missing is the fill value, whatever words it comes in; a value that its type cannot have is refused.
class FillValuesTest {

    @TempDir
    private Path folder;

    /// Bytes in hexadecimal digits, the lowest first.
    @ParameterizedTest
    @CsvSource({
        "|u1, 255, ff",
        "|i1, -128, 80",
        "<i4, 7.0, 07000000",
        "<i4, true, 01000000",
        "<u8, 18446744073709551615, ffffffffffffffff",
        "<i4, , 00000000",
        "|b1, true, 01",
        "|b1, 3, 01",
        "<f4, '\"NaN\"', 0000c07f",
        "<f8, '\"-Infinity\"', 000000000000f0ff",
        "<f8, 1e400, 000000000000f07f",
        "<f4, '\"0x7fc00001\"', 0100c07f",
        "<f8, '\"0xfff8000000000001\"', 010000000000f8ff",
        "<f2, '\"0x3c00\"', 003c",
        "<U2, '\"ab\"', 6100000062000000",
        ">U2, '\"ab\"', 0000006100000062",
        "<U2, '\"abc\"', 6100000062000000",
        "<U2, 0, 0000000000000000",
        "|S3, '\"YWI=\"', 616200",
        "|S3, '\"a b\"', 612062",
        "'[[\"n\", \"<i2\"], [\"s\", \"|S2\"]]', '\"BwBhYg==\"', 07006162",
        "'[[\"n\", \"<i2\"], [\"s\", \"|S2\"]]', '{\"n\": 7, \"s\": \"YWI=\"}', 07006162",
        "'[[\"n\", \"<i2\"], [\"s\", \"|S2\"]]', 0, 00000000",
    })
    void aMissingElementHasTheBytesOfTheFillValue(String type, String value, String bytes) {
        PlainStore store = new PlainStore(folder, ZarrVersion.TWO)
                .array("a", Map.of("dtype", type(type), "chunks", "[1]", "fill_value", value == null ? "null" : value));

        assertThat(HexFormat.of().formatHex(store.chunk("a", 3))).isEqualTo(bytes);
    }

    private static String type(String type) {
        return type.startsWith("[") ? type : "\"" + type + "\"";
    }

    @ParameterizedTest
    @CsvSource({
        "<i4, 1.5",
        "<i4, 1e400",
        "<i4, 2147483648",
        "|u1, -1",
        "|u1, 256.0",
        "<u8, 18446744073709551616",
        "<i4, '\"hello\"'",
        "<f8, '\"hello\"'",
        "<f4, '\"0x7ff8000000000001\"'",
        "<f4, '\"0x+fc00001\"'",
        "<f8, [1]",
        "|b1, '\"yes\"'",
        "<U2, 5",
        "|S2, '{\"a\": 1}'",
        "'[[\"n\", \"<i2\"]]', 5",
        "'[[\"n\", \"<i2\"]]', '\"BwBhYg==\"'",
        "'[[\"n\", \"<i2\"]]', '{\"n\": 40000}'",
    })
    void aValueThatItsTypeCannotHaveIsRefused(String type, String value) {
        PlainStore store =
                new PlainStore(folder, ZarrVersion.TWO).array("a", Map.of("dtype", type(type), "fill_value", value));

        assertThatThrownBy(() -> store.node("a"))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("a: its metadata cannot be read: ")
                .hasMessageContaining("fill value");
    }

    @Test
    void missingTextsAreTheFillValue() {
        PlainStore two = new PlainStore(folder.resolve("two"), ZarrVersion.TWO);
        Map<String, String> texts = Map.of("dtype", "\"|O\"", "filters", "[{\"id\": \"vlen-utf8\"}]");
        two.array("none", texts);
        two.array("word", withFill(texts, "\"größer\""));
        PlainStore three = new PlainStore(folder.resolve("three"), ZarrVersion.THREE);
        three.array("word", Map.of("data_type", "\"string\"", "codecs", "[\"vlen-utf8\"]", "fill_value", "\"名\""));

        assertThat(two.texts("word", 0)).isEmpty();
        assertThat(two.node("none").array().fillText()).isEmpty();
        assertThat(two.node("word").array().fillText()).isEqualTo("größer");
        assertThat(three.node("word").array().fillText()).isEqualTo("名");
    }

    private static Map<String, String> withFill(Map<String, String> array, String value) {
        Map<String, String> filled = new java.util.TreeMap<>(array);
        filled.put("fill_value", value);
        return filled;
    }
}
