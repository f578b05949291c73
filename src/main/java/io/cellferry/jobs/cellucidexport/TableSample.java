package io.cellferry.jobs.cellucidexport;

import io.cellferry.cellucid.Embedding;
import io.cellferry.cellucid.EmbeddingWriter;
import io.cellferry.cellucid.ExportSettings;
import io.cellferry.cellucid.ObsFieldPlace;
import io.cellferry.cellucid.ObsFieldWriter;
import io.cellferry.dataset.CellDataset;
import io.cellferry.dataset.NumericTable;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.failure.Refusal;
import io.cellferry.matrix.CellRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Foretells how far points and annotations shrink when compressed, by writing those of the first 65,536 cells with
/// the very writers of the run. 52 bytes x these cells, and the tables of these cells in at most 32 MiB, beside one
/// whole column at a time.
final class TableSample {

    private static final int MOST_CELLS = 65_536;
    /// 65,536 cells x 64 columns x 8 bytes; of wider tables fewer cells are taken.
    private static final long MOST_NUMBERS = 64L * MOST_CELLS;
    /// What random float coordinates shrink to; taken when the first cells alone cannot be written.
    private static final double TYPICAL = 0.9;

    private final ExportSettings settings;
    private final CellDataset dataset;
    private final ExportPlan plan;
    private final int cells;
    private final Map<String, NumericTable> tables = new HashMap<>();

    TableSample(ExportSettings settings, CellDataset dataset, ExportPlan plan) {
        this.settings = settings;
        this.dataset = dataset;
        this.plan = plan;
        this.cells = (int) Math.min(plan.cells(), Math.clamp(MOST_NUMBERS / Math.max(1, columns()), 1, MOST_CELLS));
    }

    private long columns() {
        return plan.latentColumns(dataset.catalogue())
                + plan.embeddings().stream()
                        .mapToLong(ExportPlan.Embedded::dimension)
                        .sum();
    }

    /// Compressed bytes over plain bytes; 1 without compression.
    double ratio() {
        if (settings.gzipLevel().isEmpty()) {
            return 1;
        }
        try {
            long plain = bytes(settings.withGzipLevel(OptionalInt.empty()));
            return plain == 0 ? 1 : (double) bytes(settings) / plain;
        } catch (Refusal refusal) {
            return TYPICAL; // the first cells all at one place, say; the plan itself has checked all of them
        }
    }

    private long bytes(ExportSettings with) {
        CountingUnit unit = new CountingUnit();
        List<Embedding> embeddings = new ArrayList<>();
        for (ExportPlan.Embedded embedded : plan.embeddings()) {
            NumericTable table = first(embedded.path());
            embeddings.add(new Embedding(new EmbeddingWriter(with).write(embedded.path(), table, unit), table));
        }
        NumericTable latent = first(plan.latent());
        try (ObsFieldWriter writer = new ObsFieldWriter(with, embeddings, latent, plan.mostLabels())) {
            for (ObsFieldPlace place : ObsFieldPlace.of(with.contract(), plan.obs())) {
                writer.write(place, first(dataset.obsColumn(place.name())), unit);
            }
        }
        return unit.bytes();
    }

    /// Every annotation reads them again, and where chunks are tall each reading decodes all of them.
    private NumericTable first(String path) {
        return tables.computeIfAbsent(path, unread -> {
            try (NumericTable whole = dataset.table(path)) {
                double[] numbers = new double[Math.multiplyExact(cells, whole.columns())];
                whole.read(new CellRange(0, cells), numbers);
                return new FirstRows(numbers, cells, whole.columns());
            }
        });
    }

    private ObsColumn first(ObsColumn column) {
        return switch (column) {
            case ObsColumn.Numbers numbers ->
                new ObsColumn.Numbers(
                        numbers.name(),
                        Arrays.copyOf(numbers.values(), cells),
                        numbers.missing().get(0, cells));
            case ObsColumn.Flags flags ->
                new ObsColumn.Flags(
                        flags.name(),
                        flags.values().get(0, cells),
                        cells,
                        flags.missing().get(0, cells));
            case ObsColumn.Categories categories ->
                new ObsColumn.Categories(
                        categories.name(),
                        categories.labels(),
                        Arrays.copyOf(categories.codes(), cells),
                        categories.ordered());
            case ObsColumn.Texts texts ->
                new ObsColumn.Texts(texts.name(), texts.distinct(), Arrays.copyOf(texts.codes(), cells));
        };
    }

    /// The beginning of a table, held. Never compared.
    private record FirstRows(double[] numbers, int rows, int columns) implements NumericTable {
        @Override
        public long readerBytes() {
            return 0;
        }

        @Override
        public void read(CellRange cells, double[] into) {
            System.arraycopy(numbers, cells.from() * columns, into, 0, cells.count() * columns);
        }

        @Override
        public void close() {}
    }
}
