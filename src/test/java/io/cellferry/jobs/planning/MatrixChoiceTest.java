package io.cellferry.jobs.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RequestRefused;
import io.cellferry.matrix.ValueType;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The request is wrong where another one would do; without any matrix it is the input that cannot be converted.
class MatrixChoiceTest {

    private static final MatrixInfo COUNTS = new MatrixInfo(
            "layers/counts", 2, 3, MatrixInfo.Order.DENSE, "float32", ValueType.FLOAT32, 6, 24, "contiguous", 0);

    @Test
    void theMatrixThatIsNamedIsTaken() {
        assertThat(MatrixChoice.of(with(COUNTS), "layers/counts", "nothing to do"))
                .isSameAs(COUNTS);
    }

    @Test
    void anotherMatrixIsNamedWhereThereIsOne() {
        assertThatThrownBy(() -> MatrixChoice.of(with(COUNTS), "layers/count", "nothing to do"))
                .isInstanceOfSatisfying(RequestRefused.class, refusal -> assertThat(refusal.remedy())
                        .contains("layers/counts"))
                .hasMessageContaining("--matrix")
                .hasMessageContaining("there are: layers/counts");
    }

    @Test
    void anInputWithoutAnyIsRefusedItself() {
        assertThatThrownBy(() -> MatrixChoice.of(with(), "X", "nothing to do"))
                .isInstanceOfSatisfying(InputRefused.class, refusal -> assertThat(refusal.remedy())
                        .isEqualTo("nothing to do"))
                .hasMessageContaining("none that can be read");
    }

    private static Catalogue with(MatrixInfo... matrices) {
        return new Catalogue(
                "made up", 2, List.of(matrices), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
