package io.cellferry.genemajor;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.NumberArray;
import io.cellferry.dataset.NumberType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What AnnData lines up with cells and genes has to fit them; everything else is as large as it likes.
class CarriedAxesTest {

    /// Three cells, two genes.
    private static final CarriedAxes AXES =
            new CarriedAxes(new Element.Mapping(Map.of("obs", frame(3), "var", frame(2))));

    @Test
    void theMatrixItselfMayBeAbsentButNotOfAnotherShape() {
        assertThat(AXES.misfit("X", numbers(3, 2))).isEmpty();
        assertThat(AXES.misfit("X", new Element.Nothing())).isEmpty();
        assertThat(AXES.misfit("X", numbers(3, 3))).contains("its shape, 3 x 3, does not fit var, which has 2 rows");
        assertThat(AXES.misfit("layers/X", new Element.Nothing()))
                .contains("expected values for the 3 rows of obs, found none");
    }

    @Test
    void onlyTheDimensionsThatAreLinedUpCount() {
        assertThat(AXES.misfit("obsm/any", numbers(3, 70, 5))).isEmpty();
        assertThat(AXES.misfit("varm/any", numbers(3))).contains("its shape, 3, does not fit var, which has 2 rows");
        assertThat(AXES.misfit("obsp/any", numbers(3))).isPresent();
        assertThat(AXES.misfit("uns/any", numbers(9))).isEmpty();
        assertThat(AXES.misfit("uns/layers/any", numbers(9))).isEmpty();
    }

    private static Element.Frame frame(long rows) {
        return new Element.Frame("_index", List.of(), Map.of("_index", numbers(rows)));
    }

    private static Element.Numbers numbers(long... shape) {
        return new Element.Numbers(new NumberArray() {
            @Override
            public long[] shape() {
                return shape;
            }

            @Override
            public NumberType type() {
                return NumberType.FLOAT32;
            }

            @Override
            public long readingStep() {
                return 1;
            }

            @Override
            public long readerBytes() {
                return 0;
            }

            @Override
            public Reader open() {
                throw new AssertionError("shapes alone tell");
            }
        });
    }
}
