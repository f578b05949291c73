package io.cellferry.genemajor;

import io.cellferry.zarr.RowField;
import io.cellferry.zarr.ZarrType;
import java.util.ArrayList;
import java.util.List;

/// How carried arrays are cut: into bands of whole rows of about half a million numbers, so that a column of a million
/// cells takes two files and a table reads row by row.
final class CarriedChunks {

    private static final long NUMBERS = 1 << 19;
    /// Texts are objects of their own while they are written.
    private static final long TEXTS = 1 << 15;

    private static final long ROW_BYTES = 4L << 20;

    private CarriedChunks() {}

    static List<Integer> of(ZarrType type, long[] shape) {
        return bands(type == ZarrType.TEXT ? TEXTS : NUMBERS, shape);
    }

    /// Of rows as many as make 4 MiB, and no more than of texts.
    static List<Integer> of(List<RowField> fields, long[] shape) {
        long rowBytes = fields.stream().mapToLong(RowField::bytes).sum();
        return bands(Math.clamp(ROW_BYTES / rowBytes, 1, TEXTS), shape);
    }

    private static List<Integer> bands(long wanted, long[] shape) {
        long row = 1;
        for (int dimension = 1; dimension < shape.length; dimension++) {
            row = Math.multiplyExact(row, Math.max(1, shape[dimension]));
        }
        List<Integer> chunk = new ArrayList<>();
        for (int dimension = 0; dimension < shape.length; dimension++) {
            long extent = Math.max(1, shape[dimension]);
            chunk.add(Math.toIntExact(dimension == 0 ? Math.clamp(wanted / row, 1, extent) : extent));
        }
        return chunk;
    }
}
