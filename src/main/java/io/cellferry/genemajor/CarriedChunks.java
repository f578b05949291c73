package io.cellferry.genemajor;

import io.cellferry.dataset.Shapes;
import io.cellferry.zarr.RowField;
import io.cellferry.zarr.ZarrType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How carried arrays are cut: into bands of whole rows of about half a million numbers, so that a column of a million
/// cells takes two files and a table reads row by row.
final class CarriedChunks {

    private static final long NUMBERS = 1 << 19;
    /// Texts are objects of their own while they are written.
    private static final long TEXTS = 1 << 15;

    private static final long ROW_BYTES = 4L << 20;

    /// Half a terabyte of doubles, and what a plan can list. A header of a few bytes can say any shape.
    private static final long MOST_FILES = 1 << 17;

    /// One row makes a chunk at least, and no chunk of [io.cellferry.zarr.ArrayLayout] is longer.
    private static final long MOST_ROW_BYTES = (1 << 30) - 1;
    /// Texts of a chunk are held all at once.
    private static final long MOST_ROW_TEXTS = 1 << 20;

    private CarriedChunks() {}

    static List<Integer> of(ZarrType type, long[] shape) {
        return bands(wanted(type), shape);
    }

    /// Of rows as many as make 4 MiB, and no more than of texts.
    static List<Integer> of(List<RowField> fields, long[] shape) {
        long rowBytes = fields.stream().mapToLong(RowField::bytes).sum();
        return bands(Math.clamp(ROW_BYTES / rowBytes, 1, TEXTS), shape);
    }

    /// Why an array of `shape` is not cut at all, to follow the words that say what it is.
    static Optional<String> unfit(ZarrType type, long[] shape) {
        long row = rowValues(shape);
        long most = type == ZarrType.TEXT ? MOST_ROW_TEXTS : MOST_ROW_BYTES / Math.max(1, type.bytes());
        if (row > most) {
            return Optional.of("whose shape is %s: a row has more than the %,d values that are written at once"
                    .formatted(Shapes.inWords(shape), most));
        }
        long files = shape.length == 0 ? 1 : Math.ceilDiv(shape[0], Math.max(1, wanted(type) / row));
        return files > MOST_FILES
                ? Optional.of("whose shape is %s: it would take more than %,d files"
                        .formatted(Shapes.inWords(shape), MOST_FILES))
                : Optional.empty();
    }

    /// Rows as texts.
    private static long wanted(ZarrType type) {
        return switch (type) {
            case TEXT, ROW -> TEXTS;
            case BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, FLOAT16, FLOAT32, FLOAT64 -> NUMBERS;
        };
    }

    /// Those of a dimension without extent count as one; never more than can be counted.
    private static long rowValues(long[] shape) {
        long row = 1;
        for (int dimension = 1; dimension < shape.length; dimension++) {
            long extent = Math.max(1, shape[dimension]);
            row = row > Long.MAX_VALUE / extent ? Long.MAX_VALUE : row * extent;
        }
        return row;
    }

    private static List<Integer> bands(long wanted, long[] shape) {
        long row = rowValues(shape);
        List<Integer> chunk = new ArrayList<>();
        for (int dimension = 0; dimension < shape.length; dimension++) {
            long extent = Math.max(1, shape[dimension]);
            chunk.add(Math.toIntExact(dimension == 0 ? Math.clamp(wanted / row, 1, extent) : extent));
        }
        return chunk;
    }
}
