package io.cellferry.dataset.soma;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.Label;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.dataset.Opened;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Columns of every kind, written in two pieces of four and two cells; `MakeSomaFixtures` says what is in them.
class SomaColumnsTest {

    private Opened tiny;

    @BeforeEach
    void open() {
        tiny = Opened.at(SomaFixtures.own("tiny"));
    }

    @AfterEach
    void close() {
        tiny.close();
    }

    @Test
    void columnsAreListedInOrderWithTheirKinds() {
        assertThat(tiny.catalogue().obs())
                .extracting(ColumnInfo::name)
                .containsExactly("obs_id", "depth", "reads", "big", "kind", "grade", "flag", "note", "blob", "when");
        assertThat(tiny.catalogue().obs())
                .extracting(ColumnInfo::storedType)
                .containsExactly(
                        "text",
                        "float64",
                        "nullable int32",
                        "uint32",
                        "category of 3 text labels",
                        "category of 2 text labels, ordered",
                        "bool",
                        "nullable text",
                        "lists of blob",
                        "datetime_ns");
    }

    @Test
    void numbersArriveAsStored() {
        ObsColumn.Numbers depth = (ObsColumn.Numbers) tiny.dataset().obsColumn("depth");
        ObsColumn.Numbers big = (ObsColumn.Numbers) tiny.dataset().obsColumn("big");

        assertThat(depth.values()).containsExactly(0, 1.5, Double.NaN, 4.5, 6, 7.5);
        assertThat(depth.missing().isEmpty()).isTrue();
        assertThat(big.values()).containsExactly(0, 1, 2, 3, 4, 4_294_967_295.0);
    }

    @Test
    void missingNumbersAreMarked() {
        ObsColumn.Numbers reads = (ObsColumn.Numbers) tiny.dataset().obsColumn("reads");

        assertThat(reads.values()).startsWith(0, -1, -2).endsWith(-4, -5);
        assertThat(reads.missing().stream()).containsExactly(3);
    }

    @Test
    void categoriesHaveTheirLabelsAndAMissingOneIsMinusOne() {
        ObsColumn.Categories kind = (ObsColumn.Categories) tiny.dataset().obsColumn("kind");
        ObsColumn.Categories grade = (ObsColumn.Categories) tiny.dataset().obsColumn("grade");

        assertThat(kind.labels()).containsExactly(new Label.Text("B"), new Label.Text("T"), new Label.Text("NK"));
        assertThat(kind.codes()).containsExactly(0, -1, 2, 0, 1, 2);
        assertThat(kind.ordered()).isFalse();
        assertThat(grade.codes()).containsExactly(0, 1, 0, 1, 0, 1);
        assertThat(grade.ordered()).isTrue();
    }

    @Test
    void flagsWithoutMissingOnesArePlain() {
        ObsColumn.Flags flag = (ObsColumn.Flags) tiny.dataset().obsColumn("flag");

        assertThat(flag.values().stream()).containsExactly(1, 3, 5);
        assertThat(flag.missing().isEmpty()).isTrue();
    }

    @Test
    void textsMayBeEmptyOrMissing() {
        ObsColumn.Texts note = (ObsColumn.Texts) tiny.dataset().obsColumn("note");

        assertThat(note.distinct()).containsExactly("", "nöte 1", "nöte 0");
        assertThat(note.codes()).containsExactly(0, 1, 2, 1, 2, -1);
    }

    @Test
    void whatAViewerCannotShowIsListedWithAWarning() {
        assertThat(tiny.codes()).filteredOn("input.column.type"::equals).hasSize(2);
    }
}
