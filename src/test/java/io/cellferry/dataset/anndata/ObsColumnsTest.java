package io.cellferry.dataset.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.Label;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.dataset.Opened;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Annotations of every kind and age arrive as what they are.
class ObsColumnsTest {

    private Opened modern;
    private Opened seven;
    private Opened six;
    private Opened faults;

    @BeforeEach
    void open() {
        modern = Opened.odd("modern.h5ad");
        seven = Opened.odd("seven.h5ad");
        six = Opened.odd("six.h5ad");
        faults = Opened.odd("column_faults.h5ad");
    }

    @AfterEach
    void close() {
        modern.close();
        seven.close();
        six.close();
        faults.close();
    }

    @Test
    void columnsAreListedInTheirOrderWithTheIndexFirst() {
        assertThat(modern.catalogue().obs().stream().map(column -> column.name()))
                .containsExactly(
                        "_index",
                        "whole",
                        "real",
                        "small",
                        "flag",
                        "text",
                        "fixed",
                        "cat",
                        "cat_unsigned",
                        "cat_whole",
                        "cat_real",
                        "cat_flag",
                        "cat_twice",
                        "cat_none",
                        "cat_nullable",
                        "maybe_whole",
                        "maybe_flag",
                        "maybe_text",
                        "maskless",
                        "nCount/RNA",
                        "wide",
                        "ragged");
    }

    @Test
    void theCatalogueSaysWhatEachColumnIs() {
        assertThat(info(modern, "_index")).isEqualTo("TEXT text index");
        assertThat(info(modern, "real")).isEqualTo("NUMBER float32");
        assertThat(info(modern, "small")).isEqualTo("NUMBER uint8");
        assertThat(info(modern, "flag")).isEqualTo("FLAG bool");
        assertThat(info(modern, "cat")).isEqualTo("CATEGORY category of 3 text labels, ordered");
        assertThat(info(modern, "cat_real")).isEqualTo("CATEGORY category of 2 float64 labels");
        assertThat(info(modern, "maybe_whole")).isEqualTo("NUMBER nullable int64");
        assertThat(info(modern, "maybe_text")).isEqualTo("TEXT nullable text");
        assertThat(info(modern, "wide")).isEqualTo("OTHER float64 in 2 dimensions");
        assertThat(info(modern, "ragged")).isEqualTo("OTHER awkward-array");
        assertThat(info(six, "cat")).isEqualTo("CATEGORY category of 2 text labels");
    }

    @Test
    void numbersOfEveryTypeAreWidened() {
        assertThat(numbers(modern, "whole").values()).containsExactly(3, -1, 4, 1, -5, 9);
        assertThat(numbers(modern, "small").values()).containsExactly(0, 255, 7, 8, 9, 10);
        assertThat(numbers(modern, "real").values())
                .containsExactly(0.5, Double.NaN, -1.5, Double.POSITIVE_INFINITY, 2, 1e-3f);
        assertThat(numbers(modern, "real").missing()).isEqualTo(bits());
        assertThat(numbers(six, "real").values())
                .containsExactly(0.5, Double.NaN, -1.5, Double.POSITIVE_INFINITY, 2, 1e-3f);
        assertThat(numbers(six, "big").values()).containsExactly(3, -1, 4, 1, -5, 9);
    }

    @Test
    void booleansAreFlagsInEveryAge() {
        for (Opened file : List.of(modern, six)) {
            ObsColumn.Flags flags = (ObsColumn.Flags) file.dataset().obsColumn("flag");

            assertThat(flags.values()).isEqualTo(bits(0, 3, 4));
            assertThat(flags.cells()).isEqualTo(6);
            assertThat(flags.missing()).isEqualTo(bits());
        }
    }

    @Test
    void textsAreNumberedInOrderOfAppearance() {
        for (Opened file : List.of(modern, six)) {
            ObsColumn.Texts texts = texts(file, "text");

            assertThat(texts.distinct()).containsExactly("x", "y", "", "αβ");
            assertThat(texts.codes()).containsExactly(0, 1, 0, 2, 3, 1);
        }
    }

    @Test
    void textsOfFixedLengthAreUtf8Too() {
        assertThat(texts(modern, "fixed").distinct()).containsExactly("x", "y", "", "é");
    }

    @Test
    void categoriesKeepLabelsOrderAndUnusedOnes() {
        ObsColumn.Categories categories = categories(modern, "cat");

        assertThat(categories.labels())
                .containsExactly(new Label.Text("b"), new Label.Text("a"), new Label.Text("unused"));
        assertThat(categories.codes()).containsExactly(1, 0, -1, 1, 0, 0);
        assertThat(categories.ordered()).isTrue();
        assertThat(categories(modern, "cat_whole").ordered()).isFalse();
    }

    @Test
    void unsignedCodesHaveNoMissingValue() {
        ObsColumn.Categories categories = categories(modern, "cat_unsigned");

        assertThat(categories.codes()).containsExactly(0, 1, 255, 1, 0, 0);
        assertThat(categories.labels()).hasSize(256).endsWith(new Label.Text("l255"));
    }

    @Test
    void labelsKeepTheTypeTheyAreStoredIn() {
        assertThat(categories(modern, "cat_whole").labels()).containsExactly(new Label.Whole(10), new Label.Whole(-20));
        assertThat(categories(modern, "cat_real").labels()).containsExactly(new Label.Real(0.5), new Label.Real(1.5));
        assertThat(categories(modern, "cat_flag").labels())
                .containsExactly(new Label.Truth(false), new Label.Truth(true));
        assertThat(categories(modern, "cat_nullable").labels())
                .containsExactly(new Label.Text("p"), new Label.Text("q"));
    }

    @Test
    void labelsMayRepeatOrBeNone() {
        assertThat(categories(modern, "cat_twice").labels()).containsExactly(new Label.Text("a"), new Label.Text("a"));
        assertThat(categories(modern, "cat_twice").codes()).containsExactly(0, 1, 1, 1, 0, 0);
        assertThat(categories(modern, "cat_none").labels()).isEmpty();
        assertThat(categories(modern, "cat_none").codes()).containsOnly(-1);
    }

    @Test
    void masksMarkWhatIsMissing() {
        ObsColumn.Flags flags = (ObsColumn.Flags) modern.dataset().obsColumn("maybe_flag");

        assertThat(numbers(modern, "maybe_whole").missing()).isEqualTo(bits(1, 4));
        assertThat(numbers(modern, "maybe_whole").values()[5]).isEqualTo(5);
        assertThat(flags.values()).isEqualTo(bits(0, 3));
        assertThat(flags.missing()).isEqualTo(bits(1, 4));
        assertThat(texts(modern, "maybe_text").codes()).containsExactly(0, -1, 1, 2, -1, 3);
    }

    @Test
    void withoutAMaskNothingIsMissing() {
        assertThat(numbers(modern, "maskless").missing()).isEqualTo(bits());
        assertThat(numbers(modern, "maskless").values()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void aNameWithASlashIsThePathOfAMember() {
        assertThat(numbers(modern, "nCount/RNA").values()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void categoriesOfVersion7AreFoundByReference() {
        assertThat(categories(seven, "cat").labels()).containsExactly(new Label.Text("b"), new Label.Text("a"));
        assertThat(categories(seven, "cat").codes()).containsExactly(1, 0, -1, 1, 0, 0);
        assertThat(categories(seven, "cat").ordered()).isTrue();
        assertThat(categories(seven, "cat_whole").labels()).containsExactly(new Label.Whole(10), new Label.Whole(-20));
        assertThat(categories(seven, "cat_whole").ordered()).isFalse();
    }

    @Test
    void categoriesWhoseReferenceIsLostAreFoundByName() {
        assertThat(categories(seven, "lost").labels()).containsExactly(new Label.Text("p"), new Label.Text("q"));
    }

    @Test
    void categoriesNamedByAPathAreFound() {
        assertThat(categories(seven, "by_path").labels()).containsExactly(new Label.Text("p"), new Label.Text("q"));
    }

    @Test
    void categoriesBeforeVersion7AreFoundInUns() {
        assertThat(categories(six, "cat").labels()).containsExactly(new Label.Text("b"), new Label.Text("a"));
        assertThat(categories(six, "cat").codes()).containsExactly(1, 0, -1, 1, 0, 0);
        assertThat(categories(six, "single").labels()).containsExactly(new Label.Text("only"));
    }

    @Test
    void codesThatReachBeyondTheLabelsInUnsAreNumbers() {
        assertThat(numbers(six, "shared").values()).containsExactly(0, 1, 2, 3, 0, 0);
        assertThat(six.catalogue().var().get(1).kind()).isEqualTo(ColumnInfo.Kind.CATEGORY);
        assertThat(six.genes("X", "shared")).containsExactly("p", "q", "q", "p", "p");
    }

    @Test
    void aCodeWithoutLabelIsRefusedByRow() {
        refused("code_too_big", "row 2 has category 9, but there are 2 categories");
        refused("code_too_small", "row 2 has category -5");
    }

    @Test
    void aColumnShorterThanTheIndexIsAWarningUntilItIsAskedFor() {
        assertThat(faults.problem("input.column.length").severity()).isEqualTo(Problem.Severity.WARNING);
        refused("short", "has 4 values but obs has 6 rows");
    }

    @Test
    void aMaskOfAnotherLengthIsRefused() {
        assertThat(faults.problem("input.column.mask").severity()).isEqualTo(Problem.Severity.WARNING);
        refused("short_mask", "6 values");
    }

    @Test
    void aColumnThatIsNamedButAbsentIsAWarningUntilItIsAskedFor() {
        assertThat(faults.problem("input.column.missing").severity()).isEqualTo(Problem.Severity.WARNING);
        refused("ghost", "is not there");
    }

    @Test
    void oneBrokenColumnDoesNotHideTheOthers() {
        assertThat(numbers(faults, "fine").values()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(faults.values("X")[0]).containsExactly(1, 0, 0, 2, 0);
    }

    @Test
    void moreTextsThanAnyOutputCanCodeAreRefused() {
        try (Opened opened = Opened.odd("many_texts.h5ad")) {
            assertThatThrownBy(() -> opened.dataset().obsColumn("free"))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("/obs/free")
                    .hasMessageContaining("65,536 different texts");
        }
    }

    private void refused(String column, String found) {
        assertThatThrownBy(() -> faults.dataset().obsColumn(column))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("column_faults.h5ad")
                .hasMessageContaining(column)
                .hasMessageContaining(found)
                .satisfies(
                        refusal -> assertThat(((InputRefused) refusal).remedy()).isNotBlank());
    }

    private static String info(Opened opened, String name) {
        ColumnInfo info = opened.catalogue().obsColumn(name).orElseThrow();
        return "%s %s%s".formatted(info.kind(), info.storedType(), info.index() ? " index" : "");
    }

    private static ObsColumn.Numbers numbers(Opened opened, String name) {
        return (ObsColumn.Numbers) opened.dataset().obsColumn(name);
    }

    private static ObsColumn.Texts texts(Opened opened, String name) {
        return (ObsColumn.Texts) opened.dataset().obsColumn(name);
    }

    private static ObsColumn.Categories categories(Opened opened, String name) {
        return (ObsColumn.Categories) opened.dataset().obsColumn(name);
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        for (int bit : set) {
            bits.set(bit);
        }
        return bits;
    }
}
