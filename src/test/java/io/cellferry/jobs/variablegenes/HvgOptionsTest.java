package io.cellferry.jobs.variablegenes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.OptionValues;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What would change nothing is refused, what is useful or the standard value is taken.
class HvgOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "flavor=seurat span=0.5, --span needs seurat_v3",
        "flavor=pearson_residuals span=0.5, --span needs seurat_v3",
        "flavor=seurat_v3 min-mean=0, --min-mean needs seurat or cell_ranger without --top",
        "flavor=seurat top=5 max-dispersion=9, --max-dispersion needs seurat or cell_ranger without --top",
        "flavor=seurat_v3 theta=5, --theta needs pearson_residuals",
        "flavor=cell_ranger clip=5, --clip needs pearson_residuals"
    })
    void anOptionThatWouldChangeNothingIsRefused(String said, String found) {
        assertThatThrownBy(() -> options(said))
                .isInstanceOf(RequestRefused.class)
                .hasMessageStartingWith(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flavor=seurat_v3_paper span=0.5 any-values=true",
                "flavor=cell_ranger min-mean=0 max-mean=9 min-dispersion=0 max-dispersion=9",
                "flavor=pearson_residuals theta=5 clip=5",
                "flavor=seurat any-values=true",
                "flavor=seurat_v3 min-mean=0.0125 theta=100 clip=auto"
            })
    void whatIsUsefulOrStandardIsTaken(String said) {
        assertThatCode(() -> options(said)).doesNotThrowAnyException();
    }

    private static void options(String said) {
        Map<String, List<String>> words = Arrays.stream(said.split(" "))
                .map(word -> word.split("="))
                .collect(Collectors.toMap(word -> word[0], word -> List.of(word[1]), (one, other) -> one));
        HvgOptions.refuseUseless(OptionValues.of(HvgRules.ALL, words));
    }
}
