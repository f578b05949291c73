package io.cellferry.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cellferry.failure.RequestRefused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Options are checked as a whole: every mistake is named, nothing is adjusted, and what means the same is equal.
class OptionValuesTest {

    private static final OptionRule LEVEL = OptionRule.whole("gzip", "none", 1, 9, "", "none");
    private static final OptionRule QUANTILE = OptionRule.decimal("quantile", "0.95", 0.5, 1, "", "none");
    private static final OptionRule WORD = OptionRule.choice("on-missing", "refuse", "", "refuse", "mark");
    private static final OptionRule NAME = OptionRule.text("name", "");
    private static final OptionRule KEYS = OptionRule.texts("keys", "");
    private static final List<OptionRule> RULES = List.of(LEVEL, QUANTILE, WORD, NAME, KEYS);

    @Test
    void everyMistakeIsNamedAtOnce() {
        Map<String, List<String>> given = new LinkedHashMap<>();
        given.put("gzpi", List.of("6"));
        given.put("gzip", List.of("12"));
        given.put("quantile", List.of("NaN"));
        given.put("on-missing", List.of("refuse", "mark"));
        given.put("name", List.of(""));

        RequestRefused refused = catchThrowableOfType(RequestRefused.class, () -> OptionValues.of(RULES, given));

        assertThat(String.valueOf(refused.getMessage()).lines())
                .containsExactly(
                        "There is no option \"gzpi\"; the nearest is \"gzip\".",
                        "Option gzip must be a whole number from 1 to 9 or none, not \"12\".",
                        "Option quantile must be a number from 0.5 to 1.0 or none, not \"NaN\".",
                        "Option on-missing is given 2 times, once is allowed.",
                        "Option name must be text, not \"\".");
        assertThat(refused.exitCode()).isEqualTo(64);
    }

    @Test
    void whatIsNotSaidHasItsStandardValue() {
        OptionValues values = OptionValues.of(RULES, Map.of("keys", List.of("a", "b")));

        assertThat(values.word("gzip")).isEqualTo("none");
        assertThat(values.texts("keys")).containsExactly("a", "b");
        assertThat(values.text("name")).isEmpty();
        assertThatThrownBy(() -> values.word("name")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> values.texts("nonsense")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theOrderOfWritingDoesNotMatter() {
        Map<String, List<String>> one = new LinkedHashMap<>();
        one.put("name", List.of("x"));
        one.put("gzip", List.of("6"));
        Map<String, List<String>> other = new LinkedHashMap<>();
        other.put("gzip", List.of("6"));
        other.put("on-missing", List.of("refuse"));
        other.put("name", List.of("x"));

        assertThat(List.copyOf(OptionValues.of(RULES, one).all().entrySet()))
                .isEqualTo(List.copyOf(OptionValues.of(RULES, other).all().entrySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "9", "none"})
    void aWholeNumberWithinItsBoundsIsTaken(String value) {
        assertThatCode(() -> LEVEL.check(value)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "-1", "6.0", "", " 6", "1e0", "None", "99999999999999999999"})
    void aWholeNumberOutsideIsRefused(String value) {
        assertThatThrownBy(() -> LEVEL.check(value)).isInstanceOf(RequestRefused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.49", "1.01", "Infinity", "NaN", "half", "", "0x1p-1", "0.9f", " 0.9"})
    void aDecimalNumberOutsideIsRefused(String value) {
        assertThatThrownBy(() -> QUANTILE.check(value)).isInstanceOf(RequestRefused.class);
    }

    @Test
    void theNearestWordHasTheFewestEdits() {
        assertThat(NearestWord.to("ouput", List.of("input", "output", "job"))).isEqualTo("output");
        assertThat(NearestWord.to("", List.of("input", "job"))).isEqualTo("job");
        assertThat(NearestWord.to("abc", List.of("abd", "abe")))
                .as("the first of equals")
                .isEqualTo("abd");
        assertThatThrownBy(() -> NearestWord.to("x", List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
