package io.cellferry.cellucid;

import io.cellferry.dataset.NumericTable;
import io.cellferry.failure.InputRefused;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.util.Arrays;

/// Writes `points_<d>d.bin`: float32, cells x axes, cell by cell, the widest axis from -1 to 1.
///
/// Two passes over the table, the first for its bounds.
public final class EmbeddingWriter {

    private final ExportSettings settings;

    public EmbeddingWriter(ExportSettings settings) {
        this.settings = settings;
    }

    /// `where` names the table in messages (`obsm/X_umap`).
    public EmbeddingFrame write(String where, NumericTable table, UnitWriter unit) {
        EmbeddingFrame frame = frame(where, table);
        String path = ExportPaths.of(settings.gzipLevel()).points(frame.dimension());
        try (StagedFile file = unit.output(path);
                PayloadEncoder encoder = new PayloadEncoder(settings.gzipLevel())) {
            encoder.begin(file, Float.BYTES);
            int axes = table.columns();
            TableBlocks.visit(table, (cells, numbers) -> {
                int count = cells.count() * axes;
                frame.place(numbers, count);
                for (int at = 0; at < count; at++) {
                    encoder.putFloat((float) numbers[at]);
                }
            });
            encoder.end();
        }
        return frame;
    }

    /// The frame of `table`, having checked every coordinate.
    EmbeddingFrame frame(String where, NumericTable table) {
        int axes = table.columns();
        if (axes < 1 || axes > 3 || table.rows() == 0) {
            throw new InputRefused(
                    "%s: expected one to three columns and at least one cell, found %,d cells x %d columns."
                            .formatted(where, table.rows(), axes),
                    "Choose another embedding with --embedding.");
        }
        double[] lows = new double[axes];
        double[] highs = new double[axes];
        Arrays.fill(lows, Double.POSITIVE_INFINITY);
        Arrays.fill(highs, Double.NEGATIVE_INFINITY);
        NarrowingCount count = new NarrowingCount(settings.contract(), where);
        boolean single = settings.contract() == Contract.V0_9_0;
        TableBlocks.visit(table, (cells, numbers) -> {
            for (int at = 0; at < cells.count() * axes; ) {
                for (int axis = 0; axis < axes; axis++, at++) {
                    float narrowed = (float) numbers[at];
                    count.look(cells.from() + at / axes, numbers[at], narrowed);
                    double value = single ? narrowed : numbers[at];
                    lows[axis] = Math.min(lows[axis], value);
                    highs[axis] = Math.max(highs[axis], value);
                }
            }
        });
        count.requireFinite("Viewers need a place for every cell: choose another embedding with --embedding.");
        return EmbeddingFrame.spanning(settings.contract(), lows, highs);
    }
}
