package io.cellferry.cellucid;

import io.cellferry.dataset.NumericTable;
import io.cellferry.failure.InputRefused;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;

/// Writes `vectors/…`: float32, cells x axes, scaled as the points of the same embedding are.
public final class VectorWriter {

    private final ExportSettings settings;

    public VectorWriter(ExportSettings settings) {
        this.settings = settings;
    }

    /// `where` names the table in messages.
    public void write(
            VectorFields.Field field, EmbeddingFrame frame, String where, NumericTable vectors, UnitWriter unit) {
        int axes = vectors.columns();
        if (axes != frame.dimension()) {
            throw new InputRefused(
                    "%s: expected %d columns, one per axis of the embedding, found %d."
                            .formatted(where, frame.dimension(), axes),
                    "Choose other vectors with --vectors, or none.");
        }
        NarrowingCount count = new NarrowingCount(Contract.V0_9_0, where);
        String path = ExportPaths.of(settings.gzipLevel()).vectors(field.stem(), axes);
        try (StagedFile file = unit.output(path);
                PayloadEncoder encoder = new PayloadEncoder(settings.gzipLevel())) {
            encoder.begin(file, Float.BYTES);
            TableBlocks.visit(vectors, (cells, numbers) -> {
                for (int at = 0; at < cells.count() * axes; at++) {
                    float scaled = frame.placeVector(numbers[at]);
                    count.look(cells.from() + at / axes, numbers[at], scaled);
                    encoder.putFloat(scaled);
                }
            });
            count.requireFinite("Viewers need a vector for every cell: fill the table, or use --vectors none.");
            encoder.end();
        }
    }
}
