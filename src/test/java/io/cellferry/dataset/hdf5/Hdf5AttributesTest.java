package io.cellferry.dataset.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.tree.Attributes;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.failure.InputRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Attributes answer in the kind they are asked for, whichever way their writer stored them.
class Hdf5AttributesTest {

    private static final Path FOLDER = Path.of("src/test/resources/hdf5/sound");

    private final Hdf5File file = Hdf5File.open(FOLDER.resolve("attributes.h5"));
    private final Attributes attributes = file.root().attributes();

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void textMayHaveFixedOrVariableLengthAndAnyEncoding() {
        assertThat(attributes.text("utf8")).contains("αβγ—日本");
        assertThat(attributes.text("fixed")).contains("csr_matrix");
        assertThat(attributes.text("latin1")).contains("é");
        assertThat(attributes.text("empty_text")).contains("");
        assertThat(attributes.texts("texts")).contains(List.of("x", "y", "Ω"));
        assertThat(attributes.texts("fixed_list")).contains(List.of("aa", "b"));
    }

    @Test
    void emptyArraysAreEmptyLists() {
        assertThat(attributes.texts("empty_texts")).contains(List.of());
        assertThat(attributes.texts("empty_array")).contains(List.of());
        assertThat(attributes.texts("null")).contains(List.of());
        assertThat(attributes.wholes("empty_array").orElseThrow()).isEmpty();
    }

    @Test
    void integersMayBeStoredInAnyType() {
        assertThat(attributes.wholes("shape").orElseThrow()).containsExactly(7, 9);
        assertThat(attributes.wholes("real_shape").orElseThrow()).containsExactly(7, 9);
        assertThat(attributes.whole("single")).contains(42L);
        assertThat(attributes.whole("half")).isEmpty();
        assertThat(attributes.whole("shape")).isEmpty();
    }

    @Test
    void flagsAreBoolsOrZeroAndOne() {
        assertThat(attributes.flag("yes")).contains(true);
        assertThat(attributes.flag("no")).contains(false);
        assertThat(attributes.flag("one")).contains(true);
        assertThat(attributes.flag("single")).isEmpty();
    }

    @Test
    void otherKindsAndAbsentNamesAreEmpty() {
        assertThat(attributes.text("shape")).isEmpty();
        assertThat(attributes.wholes("utf8")).isEmpty();
        assertThat(attributes.text("absent")).isEmpty();
        assertThat(attributes.reference("utf8")).isEmpty();
    }

    @Test
    void referencesLeadToTheirObject() {
        Attributes codes = file.root().array("codes").orElseThrow().attributes();

        assertThat(codes.reference("categories"))
                .hasValueSatisfying(
                        node -> assertThat(((TreeArray) node).readTexts(0, 2)).containsExactly("x", "y"));
    }

    @Test
    void anAttributeNobodyCanReadIsRefusedOnlyWhenAskedFor() {
        Attributes codes = file.root().array("codes").orElseThrow().attributes();

        assertThat(codes.names()).contains("region");
        assertThat(codes.text("readable")).contains("beside a region reference");
        assertThatThrownBy(() -> codes.texts("region"))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("/codes@region");
    }

    @Test
    void attributesTooLargeOrTooManyForTheHeaderAreRead() {
        for (String age : new String[] {"earliest", "latest"}) {
            try (Hdf5File large = Hdf5File.open(FOLDER.resolve("large_groups_%s.h5".formatted(age)))) {
                Attributes obs = large.root().group("obs").orElseThrow().attributes();
                assertThat(obs.texts("column-order").orElseThrow())
                        .hasSize(2000)
                        .endsWith("column_number_1999");
                assertThat(obs.text("a39")).contains("v".repeat(39));
                assertThat(obs.wholes("large1")).hasValueSatisfying(numbers -> assertThat(numbers)
                        .containsExactly(LongStream.range(0, 9000).toArray()));
                assertThat(obs.wholes("large2").orElseThrow()).hasSize(9001);
            }
        }
    }
}
