package io.cellferry.dataset.soma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.NumericTable;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.dataset.Opened;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.CellRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Join ids need not be row numbers, and cells may be written again: `moved` was written wrong at first, corrected,
/// consolidated with the times of its cells, and corrected once more. Its commits are one consolidated file, and
/// what the consolidation replaced is still there.
class SomaPiecesTest {

    private static final double[][] EXPECTED = {
        {1, 0, 0, 2, 0}, {0, 3, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 4, 0, 5}, {6, 0, 0, 0, 0}, {0, 7, 8, 0, 0}
    };

    @TempDir
    private Path folder;

    @Test
    void theNewestValueInAPlaceCounts() {
        try (Opened moved = Opened.at(SomaFixtures.own("moved"))) {
            for (int stored = 1; stored <= 20; stored++) {
                assertThat(moved.values("X", stored, 4))
                        .as("blocks of %d", stored)
                        .isDeepEqualTo(EXPECTED);
            }
        }
    }

    @Test
    void rowsComeInTheOrderOfTheirJoinIds() {
        try (Opened moved = Opened.at(SomaFixtures.own("moved"))) {
            ObsColumn.Texts names = (ObsColumn.Texts) moved.dataset().obsColumn("obs_id");

            assertThat(names.distinct()).containsExactly("c0", "c1", "c2", "c3", "c4", "c5");
            assertThat(moved.genes("X")).containsExactly("g0", "g1", "g2", "g3", "g4");
        }
    }

    @Test
    void replacedValuesAreNotCountedInElements() {
        try (Opened moved = Opened.at(SomaFixtures.own("moved"))) {
            Element.Sparse x = (Element.Sparse)
                    Element.find(moved.dataset().contents(), "X").orElseThrow();

            assertThat(x.values().count()).isEqualTo(8);
            assertThat(moved.catalogue().matrix("X").orElseThrow().storage()).contains("overlapping");
        }
    }

    @Test
    void aFragmentThatWasNeverFinishedDoesNotCount() throws IOException {
        Path tiny = SomaFixtures.unpacked(SomaFixtures.own("tiny"), folder);
        cutShort(tiny.resolve("ms/RNA/X/data"));

        try (Opened opened = Opened.at(tiny)) {
            double[][] values = opened.values("X");

            assertThat(values[3]).containsExactly(0, 0, 4, 0, 5);
            assertThat(values[4]).containsOnly(0);
            assertThat(values[5]).containsOnly(0);
        }
    }

    /// As when somebody writes an embedding once more.
    @Test
    void aTableThatWasWrittenTwiceIsStillOne() throws IOException {
        Path tiny = SomaFixtures.unpacked(SomaFixtures.own("tiny"), folder);
        Path array = tiny.resolve("ms/RNA/obsm/X_umap");
        Path fragment = array.resolve("__fragments").resolve(newestFragment(array));
        String again = "__9795253011986_9795253011986_0123456789abcdef0123456789abcdef_21";
        Files.createDirectory(fragment.resolveSibling(again));
        for (Path file : SomaFixtures.files(fragment)) {
            Files.copy(file, fragment.resolveSibling(again).resolve(String.valueOf(file.getFileName())));
        }
        Files.createFile(array.resolve("__commits").resolve(again + ".wrt"));

        assertThat(umap(tiny)).hasSize(12).isEqualTo(umap(SomaFixtures.own("tiny")));
    }

    private static double[] umap(Path experiment) {
        try (Opened opened = Opened.at(experiment);
                NumericTable table = opened.dataset().table("obsm/X_umap")) {
            double[] values = new double[table.rows() * table.columns()];
            table.read(new CellRange(0, table.rows()), values);
            return values;
        }
    }

    @Test
    void anIgnoredCommitOfAConsolidatedFileDoesNotCount() throws IOException {
        Path moved = SomaFixtures.unpacked(SomaFixtures.own("moved"), folder);
        Path commits = moved.resolve("ms/RNA/X/data/__commits");
        String fragment = newestFragment(moved.resolve("ms/RNA/X/data"));
        Files.writeString(
                commits.resolve("__1_2_0123456789abcdef0123456789abcdef_21.ign"), "__commits/" + fragment + ".wrt\n");

        try (Opened opened = Opened.at(moved)) {
            // Rows 3 to 5 are again as they were first written, 1,000 too high.
            assertThat(opened.values("X")[4]).containsExactly(1_006, 0, 0, 0, 0);
            assertThat(opened.values("X")[0]).containsExactly(EXPECTED[0]);
        }
    }

    @Test
    void valuesOfRowsThatObsDoesNotHaveAreRefused() throws IOException {
        Path tiny = SomaFixtures.unpacked(SomaFixtures.own("tiny"), folder);
        cutShort(tiny.resolve("obs"));

        try (Opened opened = Opened.at(tiny)) {
            assertThat(opened.catalogue().cells()).isEqualTo(4);
            assertThatThrownBy(() -> opened.dataset().rows("X"))
                    .isInstanceOf(InputRefused.class)
                    .hasMessageContaining("join id 5")
                    .hasMessageContaining("4 rows");
        }
    }

    /// As if the newest write had stopped before its end: what the fragment holds is written last, its commit after
    /// that.
    private static void cutShort(Path array) throws IOException {
        Files.delete(commits(array).getLast());
        Files.delete(array.resolve("__fragments").resolve(newestFragment(array)).resolve("__fragment_metadata.tdb"));
    }

    private static List<Path> commits(Path array) throws IOException {
        try (var files = Files.list(array.resolve("__commits"))) {
            return files.sorted().toList();
        }
    }

    private static String newestFragment(Path array) throws IOException {
        try (var files = Files.list(array.resolve("__fragments"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList()
                    .getLast();
        }
    }
}
