package io.cellferry.hvg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cellferry.dataset.CellDataset;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.RequestRefused;
import io.cellferry.matrix.CellRange;
import io.cellferry.matrix.CsrBlock;
import io.cellferry.matrix.RowSource;
import io.cellferry.matrix.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How the work is divided never shows in the table, and what cannot give a table is refused or skipped by name.
class SelectionTest {

    @ParameterizedTest
    @ValueSource(strings = {"pbmc68k", "nb_batches", "nb_plain", "nb_tiny"})
    void onePassFindsWhatTwoPassesFind(String name) {
        try (CellDataset dataset = Golden.open(name);
                RowSource rows = dataset.rows("layers/counts")) {
            HvgSettings settings = HvgSettings.of(Flavor.SEURAT_V3).withTop(100);
            for (CellBatches batches : List.of(CellBatches.none(rows.cells()), Golden.batches(dataset))) {
                var one = new Selecting(rows, Golden.genes(dataset), batches, settings);
                var two = new Selecting(rows, Golden.genes(dataset), batches, settings)
                        .keeping(0)
                        .ranges(33);
                var some = new Selecting(rows, Golden.genes(dataset), batches, settings).keeping(2);

                HvgTable table = one.table();

                assertThat(one.secondPasses()).isZero();
                assertSame(two.table(), table);
                assertThat(two.secondPasses()).isEqualTo(1);
                assertSame(some.table(), table);
            }
        }
    }

    /// 20 counts of 12 genes lie above the limit, and 8 of each are kept.
    @Test
    void countsThatWereNotKeptAreReadAgain() {
        double[][] cells = new double[2000][60];
        for (int cell = 0; cell < cells.length; cell++) {
            for (int gene = 0; gene < 60; gene++) {
                boolean burst = gene < 12 && cell % 100 == gene;
                cells[cell][gene] = burst ? 500 + cell : (cell * 31 + gene * gene) % (gene + 2);
            }
        }
        var rows = new WrittenOut(ValueType.INT32, cells);
        HvgSettings settings = HvgSettings.of(Flavor.SEURAT_V3).withTop(12);
        CellBatches all = CellBatches.none(rows.cells());

        var eight = new Selecting(rows, rows.geneNames(), all, settings).keeping(8);
        var thirty = new Selecting(rows, rows.geneNames(), all, settings).keeping(30);
        HvgTable table = eight.table();

        assertSame(thirty.table(), table);
        assertThat(eight.secondPasses()).isEqualTo(1);
        assertThat(thirty.secondPasses()).isZero();
        assertThat(table.chosen().stream())
                .containsExactlyElementsOf(IntStream.range(0, 12).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource(Flavor.class)
    void slicesOfBatchesChangeNothing(Flavor flavor) {
        try (CellDataset dataset = Golden.open("nb_batches");
                RowSource rows = dataset.rows(flavor.wantsCounts() ? "layers/counts" : "X")) {
            HvgSettings settings = HvgSettings.of(flavor).withTop(50);
            CellBatches batches = Golden.batches(dataset);

            HvgTable together = new Selecting(rows, Golden.genes(dataset), batches, settings).table();

            for (int width = 1; width < 4; width++) {
                assertSame(
                        new Selecting(rows, Golden.genes(dataset), batches, settings)
                                .slices(width)
                                .table(),
                        together);
            }
        }
    }

    /// Estimated counts are summed in doubles: the same values as whole numbers give the same table but for
    /// roundings.
    @ParameterizedTest
    @EnumSource(
            value = Flavor.class,
            names = {"SEURAT_V3", "PEARSON_RESIDUALS"})
    void countsMaySkipTheCheck(Flavor flavor) {
        try (CellDataset dataset = Golden.open("nb_tiny");
                RowSource rows = dataset.rows("layers/counts")) {
            HvgSettings settings = HvgSettings.of(flavor).withTop(40);
            CellBatches batches = Golden.batches(dataset);

            HvgTable exact = new Selecting(rows, Golden.genes(dataset), batches, settings).table();
            HvgTable summed = new Selecting(rows, Golden.genes(dataset), batches, settings.withoutValueCheck()).table();

            assertThat(summed.chosen()).isEqualTo(exact.chosen());
            for (HvgColumn column : exact.columns()) {
                double[] found = Golden.numbers(summed.column(column.name()));
                double[] expected = Golden.numbers(column);
                for (int gene = 0; gene < found.length; gene++) {
                    double most = 1e-12 * (1 + Math.abs(expected[gene]));
                    assertThat(Math.abs(found[gene] - expected[gene]) > most)
                            .as("%s of gene %d", column.name(), gene)
                            .isFalse();
                }
            }
        }
    }

    /// `X` of the golden data sets are counts scaled to 10,000 and logged, with every step rounded to float32.
    @ParameterizedTest
    @EnumSource(
            value = Flavor.class,
            names = {"SEURAT", "CELL_RANGER"})
    void countsLoggedOnTheFlyGiveTheGenesOfStoredLogs(Flavor flavor) {
        try (CellDataset dataset = Golden.open("pbmc68k");
                RowSource counts = dataset.rows("layers/counts");
                RowSource logs = dataset.rows("X")) {
            HvgSettings settings = HvgSettings.of(flavor).withTop(150);
            CellBatches all = CellBatches.none(counts.cells());

            HvgTable stored = new Selecting(logs, Golden.genes(dataset), all, settings).table();
            HvgTable scaled = new Selecting(counts, Golden.genes(dataset), all, settings.withTotal(10_000)).table();

            assertThat(scaled.chosen()).isEqualTo(stored.chosen());
            double[] means = Golden.numbers(scaled.column("means"));
            double[] expected = Golden.numbers(stored.column("means"));
            for (int gene = 0; gene < means.length; gene++) {
                assertThat(means[gene]).isCloseTo(expected[gene], org.assertj.core.data.Offset.offset(1e-6));
            }
        }
    }

    /// Totals 6, 0, 2, 10 and 3: the empty cell does not count, the middle ones are 3 and 6.
    @Test
    void theMedianTotalIsThatOfCellsWithCounts() {
        var rows = new WrittenOut(
                ValueType.INT64,
                new double[] {1, 5},
                new double[2],
                new double[] {0, 2},
                new double[] {10, 0},
                new double[] {1, 2});
        HvgSelection selection = HvgSelection.of(
                HvgSettings.of(Flavor.SEURAT), "test", rows.valueType(), rows.geneNames(), CellBatches.none(5));
        var selecting = new Selecting(rows, rows.geneNames(), CellBatches.none(5), HvgSettings.of(Flavor.SEURAT));

        for (int rangeCells = 1; rangeCells < 6; rangeCells++) {
            Moments totals = selecting.ranges(rangeCells).over(selection::totalsPass);
            assertThat(selection.medianTotal(totals)).isEqualTo(4.5);
        }
    }

    /// 1,000 batches of 60,000 genes take 1.44 GB at 24 bytes a sum, in slices of 200 MB eight times 180 MB.
    @Test
    void slicesKeepToTheirMemory() {
        int[] codes = IntStream.range(0, 1000).toArray();
        List<String> genes =
                IntStream.range(0, 60_000).mapToObj(gene -> "g" + gene).toList();
        CellBatches batches =
                CellBatches.of(Arrays.stream(codes).mapToObj(Integer::toString).toList(), codes);
        HvgSelection selection =
                HvgSelection.of(HvgSettings.of(Flavor.SEURAT_V3), "test", ValueType.FLOAT32, genes, batches);

        List<BatchRange> slices = selection.slices(200_000_000, 0);

        assertThat(slices).hasSize(8);
        assertThat(slices).allSatisfy(slice -> assertThat(slice.count()).isEqualTo(125));
        assertThat(125 * Moments.batchBytes(60_000, 0)).isEqualTo(180_000_000);
        assertThat(selection.slices(200_000_000, HvgSelection.KEPT)).hasSize(28);
        assertThat(selection.slices(1, 0)).hasSize(1000);
        assertThat(slices.getFirst().from()).isZero();
        assertThat(slices.getLast().to()).isEqualTo(1000);
    }

    /// Stored logarithms to base 2 are those to base e times a constant, which is known.
    @Test
    void theBaseOfLogarithmsIsTakenBack() {
        WrittenOut natural = WrittenOut.counts(21, 80, 60).logged().as(ValueType.FLOAT64);
        WrittenOut binary = natural.map(value -> value / Math.log(2));
        HvgSettings settings = HvgSettings.of(Flavor.SEURAT).withTop(20);
        CellBatches all = CellBatches.none(80);

        HvgTable expected = new Selecting(natural, natural.geneNames(), all, settings).table();
        HvgTable found = new Selecting(binary, binary.geneNames(), all, settings.withLogBase(2)).table();

        assertThat(found.chosen()).isEqualTo(expected.chosen());
        assertThat(Golden.numbers(found.column("means")))
                .containsExactly(Golden.numbers(expected.column("means")), org.assertj.core.data.Offset.offset(1e-12));
    }

    /// Of four cells many genes have the same mean, so that some local fits see fewer means than they have terms.
    @Test
    void fewCellsWithTiedMeansAreScored() {
        WrittenOut rows = WrittenOut.counts(2, 4, 100);

        HvgTable table = new Selecting(
                        rows,
                        rows.geneNames(),
                        CellBatches.none(4),
                        HvgSettings.of(Flavor.SEURAT_V3).withTop(10))
                .table();

        assertThat(table.remarks()).isEmpty();
        assertThat(table.chosen().cardinality()).isEqualTo(10);
        assertThat(Arrays.stream(Golden.numbers(table.column("variances_norm"))))
                .allSatisfy(score -> assertThat(score).isBetween(0.0, 10.0));
    }

    @Test
    void aBatchWithoutAFitIsSkippedByName() {
        WrittenOut rows = WrittenOut.counts(5, 120, 40);
        int[] codes = IntStream.range(0, 120).map(cell -> cell == 7 ? 1 : 0).toArray();
        CellBatches batches = CellBatches.of(List.of("many", "lonely"), codes);
        HvgSettings settings = HvgSettings.of(Flavor.SEURAT_V3).withTop(10);

        HvgTable table = new Selecting(rows, rows.geneNames(), batches, settings).table();

        assertThat(table.remarks()).hasSize(1).first().satisfies(remark -> {
            assertThat(remark.severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(remark.where()).isEqualTo("test, batch 'lonely'");
            assertThat(remark.found()).startsWith("its only cell allows no fit of variance on mean");
        });
        assertThat(table.chosen().cardinality()).isEqualTo(10);
        assertThat(Golden.numbers(table.column("highly_variable_nbatches"))).containsOnly(0, 1);
    }

    @Test
    void cellsWithoutABatchAreLeftOutAndReported() {
        WrittenOut rows = WrittenOut.counts(5, 120, 40);
        int[] some = IntStream.range(0, 120).map(cell -> cell < 20 ? -1 : 0).toArray();
        HvgSettings settings = HvgSettings.of(Flavor.SEURAT_V3).withTop(10);

        HvgTable table = new Selecting(rows, rows.geneNames(), CellBatches.of(List.of("b"), some), settings).table();

        assertThat(table.remarks())
                .extracting(Problem::found)
                .containsExactly("20 of 120 cells belong to no batch and are left out.");
        double[] means = Golden.numbers(table.column("means"));
        var rest = new CsrBlock(ValueType.FLOAT32);
        rows.read(new CellRange(20, 120), rest);
        double sum = 0;
        for (int i = 0; i < rest.storedValues(); i++) {
            sum += rest.genes()[i] == 3 ? rest.values().asDouble(i) : 0;
        }
        assertThat(means[3]).isEqualTo(sum / 100);
    }

    @Test
    void withoutAnyFitTheRemedyIsNamed() {
        var rows = new WrittenOut(ValueType.INT32, new double[] {1, 2, 3}, new double[] {3, 1, 1});

        assertThatThrownBy(() -> new Selecting(
                                rows, rows.geneNames(), CellBatches.none(2), HvgSettings.of(Flavor.SEURAT_V3))
                        .table())
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("no fit of variance on mean was found");
    }

    /// 60 of 100 genes without a value: their percentiles are equal, where scanpy raises an error about bin edges.
    @Test
    void cellRangerNamesWhatIsWrongWithItsBins() {
        double[][] cells = new double[30][100];
        for (int cell = 0; cell < cells.length; cell++) {
            for (int gene = 60; gene < 100; gene++) {
                cells[cell][gene] = 0.1 * ((cell * gene) % 7);
            }
        }
        var rows = new WrittenOut(ValueType.FLOAT64, cells);

        assertThatThrownBy(() -> new Selecting(
                                rows, rows.geneNames(), CellBatches.none(30), HvgSettings.of(Flavor.CELL_RANGER))
                        .table())
                .isInstanceOf(InputRefused.class)
                .hasMessage("test: the means of its genes give no bins, as too many are equal.");
    }

    @Test
    void logsWhereCountsAreNeededAreRefused() {
        WrittenOut logs = WrittenOut.counts(9, 50, 20).logged();

        assertThatThrownBy(() -> new Selecting(
                                logs, logs.geneNames(), CellBatches.none(50), HvgSettings.of(Flavor.SEURAT_V3))
                        .table())
                .isInstanceOfSatisfying(InputRefused.class, refusal -> {
                    assertThat(refusal)
                            .hasMessageStartingWith("test: cell 0, gene 1 (both counted from 0): expected a");
                    assertThat(refusal.remedy()).contains("layers/counts");
                });
        assertThat(survey(logs).problem(HvgSettings.of(Flavor.PEARSON_RESIDUALS), "here"))
                .hasValueSatisfying(problem -> assertThat(problem.refuses()).isTrue());
    }

    /// Saying --any-values would not help.
    @Test
    void aMissingNumberIsFoundByTheFirstLookAlready() {
        WrittenOut counts = new WrittenOut(ValueType.FLOAT64, new double[] {1, 2}, new double[] {3, Double.NaN});

        assertThatThrownBy(() -> survey(counts)).isInstanceOfSatisfying(InputRefused.class, refusal -> {
            assertThat(refusal).hasMessage("here: expected finite values, found 1 of the first 4 missing or infinite.");
            assertThat(refusal.remedy()).isEqualTo("Remove or replace missing and infinite values.");
        });
    }

    @Test
    void countsWhereLogsAreNeededAreRefused() {
        WrittenOut counts = WrittenOut.counts(9, 50, 20);

        assertThatThrownBy(() -> new Selecting(
                                counts, counts.geneNames(), CellBatches.none(50), HvgSettings.of(Flavor.SEURAT))
                        .table())
                .isInstanceOfSatisfying(InputRefused.class, refusal -> {
                    assertThat(refusal).hasMessageContaining("expects log-normalised values, found whole numbers only");
                    assertThat(refusal.remedy()).contains("--log-normalize");
                });
        assertThat(survey(counts).problem(HvgSettings.of(Flavor.SEURAT).withTotal(1e4), "here"))
                .isEmpty();
        assertThat(survey(counts).problem(HvgSettings.of(Flavor.SEURAT_V3), "here"))
                .isEmpty();
    }

    @Test
    void scaledAndUnloggedValuesAreRefused() {
        var scaled = new WrittenOut(ValueType.FLOAT32, new double[] {-0.5, 1.5});
        var unlogged = new WrittenOut(ValueType.FLOAT32, new double[] {0.5, 812.25});

        assertThat(survey(scaled).problem(HvgSettings.of(Flavor.SEURAT), "here"))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("hvg.values.negative"));
        assertThat(survey(unlogged).problem(HvgSettings.of(Flavor.CELL_RANGER), "here"))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("hvg.values.unlogged"));
    }

    @ParameterizedTest
    @EnumSource(ValueType.class)
    void everyTypeOfCountsGivesTheSameTable(ValueType type) {
        HvgSettings settings = HvgSettings.of(Flavor.SEURAT_V3).withTop(10);
        WrittenOut floats = WrittenOut.counts(77, 90, 40);
        WrittenOut typed = floats.as(type);

        assertSame(
                new Selecting(typed, typed.geneNames(), CellBatches.none(90), settings).table(),
                new Selecting(floats, floats.geneNames(), CellBatches.none(90), settings).table());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0.5, 2147483647, 2147483648.0, 1e30, Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNoCountIsRefusedByCellAndGene(double value) {
        for (ValueType type : List.of(ValueType.FLOAT32, ValueType.FLOAT64)) {
            double[][] cells = new double[3][4];
            cells[2][1] = value;
            var rows = new WrittenOut(type, cells);

            assertThatThrownBy(() -> new Selecting(
                                    rows, rows.geneNames(), CellBatches.none(3), HvgSettings.of(Flavor.SEURAT_V3))
                            .table())
                    .as("%s in %s", value, type)
                    .isInstanceOf(InputRefused.class)
                    .hasMessageStartingWith("test: cell 2, gene 1 (both counted from 0): expected a count");
        }
    }

    @Test
    void whatIsNoNumberIsRefusedByCellAndGene() {
        var rows = new WrittenOut(ValueType.FLOAT32, new double[] {1, 2}, new double[] {0, Double.NaN});

        assertThatThrownBy(
                        () -> new Selecting(rows, rows.geneNames(), CellBatches.none(2), HvgSettings.of(Flavor.SEURAT))
                                .table())
                .isInstanceOf(InputRefused.class)
                .hasMessage("test: cell 1, gene 1 (both counted from 0): expected a finite value, found NaN.");
    }

    /// In a single bin scores are dispersions less their average, in sample deviations.
    @Test
    void binsAreAsManyAsAskedFor() {
        WrittenOut logs = WrittenOut.counts(21, 80, 60).logged();
        HvgSettings settings = HvgSettings.of(Flavor.SEURAT).withTop(20).withBins(1);

        HvgTable table = new Selecting(logs, logs.geneNames(), CellBatches.none(80), settings).table();

        double[] dispersions = Golden.numbers(table.column("dispersions"));
        double[] scores = Golden.numbers(table.column("dispersions_norm"));
        double average = Arrays.stream(dispersions).average().orElseThrow();
        double squares = Arrays.stream(dispersions)
                .map(dispersion -> (dispersion - average) * (dispersion - average))
                .sum();
        for (int gene = 0; gene < scores.length; gene++) {
            assertThat(scores[gene])
                    .isCloseTo(
                            (dispersions[gene] - average) / Math.sqrt(squares / 59),
                            org.assertj.core.data.Offset.offset(1e-12));
        }
    }

    @Test
    void impossibleSettingsAreRefused() {
        HvgSettings settings = HvgSettings.of(Flavor.SEURAT_V3);

        assertThatThrownBy(() -> settings.withTop(0)).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> settings.withTotal(1e4))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("--log-normalize");
        assertThatThrownBy(() -> settings.withBins(10))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("--bins: expected seurat, the only flavour whose bins can be chosen, found seurat_v3.");
        assertThatThrownBy(() -> HvgSettings.of(Flavor.SEURAT).withBins(0)).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> new Cutoffs(3, 0.5, 0, 1)).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> CellBatches.of(List.of("a"), new int[] {-1, -1}))
                .isInstanceOf(RequestRefused.class);
    }

    /// Two cells with one count each: half a count is expected everywhere, so every residual is
    /// ±0.5 / sqrt(0.5 + 0.5² / 100) and their variance 0.25 / 0.5025.
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e9, 1e10, 1e300})
    void aClipAboveAllResidualsChangesNone(double clip) {
        var counts = new WrittenOut(ValueType.FLOAT32, new double[] {1, 0}, new double[] {0, 1});

        double[] scores = Golden.numbers(residuals(counts, clip).column("residual_variances"));

        assertThat(scores).containsExactly(new double[] {0.25 / 0.5025, 0.25 / 0.5025}, within(1e-15));
    }

    /// Here all residuals are cut off: half of them at 1e-9, half of them at -1e-9.
    @Test
    void aTinyClipLeavesTheScoresTheirDigits() {
        var counts = new WrittenOut(ValueType.FLOAT32, new double[] {1, 0}, new double[] {0, 1});

        double[] scores = Golden.numbers(residuals(counts, 1e-9).column("residual_variances"));

        assertThat(scores).containsExactly(new double[] {1e-18, 1e-18}, within(1e-30));
    }

    private static HvgTable residuals(WrittenOut counts, double clip) {
        HvgSettings usual = HvgSettings.of(Flavor.PEARSON_RESIDUALS);
        HvgSettings settings = new HvgSettings(
                usual.flavor(),
                usual.top(),
                usual.cutoffs(),
                usual.depth(),
                usual.logBase(),
                usual.bins(),
                usual.span(),
                usual.theta(),
                OptionalDouble.of(clip),
                true);
        return new Selecting(counts, counts.geneNames(), CellBatches.none(2), settings).table();
    }

    @Test
    void batchesAreTheLabelsInUseByCodePoint() {
        CellBatches batches = CellBatches.of(
                List.of("b", "unused", "\uFF5E", "a", "\uD83E\uDDEC", "a"), new int[] {4, 0, 3, 2, 5, -1});

        assertThat(batches.labels()).containsExactly("a", "b", "\uFF5E", "\uD83E\uDDEC");
        assertThat(IntStream.range(0, 6).map(batches::batch)).containsExactly(3, 1, 0, 2, 0, -1);
        assertThat(batches.size(0)).isEqualTo(2);
        assertThat(batches.leftOut()).isEqualTo(1);
        assertThat(batches.touches(new CellRange(0, 2), new BatchRange(0, 1))).isFalse();
        assertThat(batches.touches(new CellRange(0, 3), new BatchRange(0, 1))).isTrue();
    }

    private static ValueSurvey survey(WrittenOut rows) {
        var block = new CsrBlock(rows.valueType());
        rows.read(new CellRange(0, rows.cells()), block);
        return ValueSurvey.of(block, "here");
    }

    private static void assertSame(HvgTable found, HvgTable expected) {
        assertThat(found.columns().stream().map(HvgColumn::name))
                .isEqualTo(expected.columns().stream().map(HvgColumn::name).toList());
        for (HvgColumn column : expected.columns()) {
            double[] numbers = Golden.numbers(found.column(column.name()));
            double[] wanted = Golden.numbers(column);
            for (int gene = 0; gene < wanted.length; gene++) {
                assertThat(Double.doubleToLongBits(numbers[gene]))
                        .as("%s of gene %d: %s, %s", column.name(), gene, numbers[gene], wanted[gene])
                        .isEqualTo(Double.doubleToLongBits(wanted[gene]));
            }
        }
        assertThat(Arrays.equals(found.genes().toArray(), expected.genes().toArray()))
                .isTrue();
    }

    /// Fractions give every cell a total of its own; the memory for that is nobody's.
    @Test
    void moreTotalsThanCountsHaveAreRefused() {
        int cells = 1 << 16;
        HvgSelection selection = HvgSelection.of(
                HvgSettings.of(Flavor.SEURAT),
                "matrix",
                ValueType.FLOAT64,
                List.of("gene"),
                CellBatches.none(cells * 32));
        MomentPass pass = selection.totalsPass(0);
        var block = new CsrBlock(ValueType.FLOAT64);
        int blocks = 0;
        for (; blocks < 16; blocks++) {
            addDistinctTotals(pass, block, blocks * cells, cells);
            selection.refuseTooManyTotals(pass);
        }
        addDistinctTotals(pass, block, blocks * cells, cells);

        assertThatThrownBy(() -> selection.refuseTooManyTotals(pass))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("matrix")
                .hasMessageContaining("1,048,576 different totals")
                .satisfies(
                        refused -> assertThat(((InputRefused) refused).remedy()).contains("--log-normalize"));
    }

    private static void addDistinctTotals(MomentPass pass, CsrBlock block, int first, int cells) {
        block.reset(new CellRange(first, first + cells), cells);
        for (int i = 0; i < cells; i++) {
            block.rowStarts()[i + 1] = i + 1;
            block.genes()[i] = 0;
            block.values().eight()[i] = Double.doubleToRawLongBits(first + i + 0.5);
        }
        pass.add(block);
    }
}
