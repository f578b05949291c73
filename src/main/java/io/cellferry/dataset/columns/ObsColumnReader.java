package io.cellferry.dataset.columns;

import io.cellferry.dataset.Label;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.dataset.matrices.Obstacle;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Reads one stored column into the kind of column it is. Beside the result it holds one slice.
public final class ObsColumnReader {

    private final Path file;

    public ObsColumnReader(Path file) {
        this.file = file;
    }

    public ObsColumn read(StoredColumn column) {
        return switch (column) {
            case StoredColumn.Plain plain -> values(plain.info().name(), plain.values(), Optional.empty());
            case StoredColumn.Masked masked -> values(masked.info().name(), masked.values(), masked.mask());
            case StoredColumn.Coded coded -> categories(coded);
            case StoredColumn.Unusable unusable -> throw Obstacle.refusal(file, unusable.why());
        };
    }

    private ObsColumn values(String name, ColumnValues values, Optional<ColumnValues> mask) {
        BitSet missing = mask.map(ObsColumnReader::bits).orElseGet(BitSet::new);
        return switch (values.type()) {
            case ElementType.Flag flag -> flags(name, values, missing);
            case ElementType.Text text -> texts(name, values, missing);
            case ElementType.Whole whole -> numbers(name, values, missing);
            case ElementType.Real real -> numbers(name, values, missing);
            case ElementType.Enumeration named -> throw unusable(values);
            case ElementType.Compound row -> throw unusable(values);
            case ElementType.SubArray inner -> throw unusable(values);
            case ElementType.Reference reference -> throw unusable(values);
            case ElementType.Other other -> throw unusable(values);
        };
    }

    private static ObsColumn.Flags flags(String name, ColumnValues values, BitSet missing) {
        BitSet truths = bits(values);
        truths.andNot(missing);
        return new ObsColumn.Flags(name, truths, Math.toIntExact(values.rows()), missing);
    }

    private static ObsColumn.Numbers numbers(String name, ColumnValues values, BitSet missing) {
        double[] numbers = new double[Math.toIntExact(values.rows())];
        ColumnSlices.numbers(values, (from, count, slice) -> {
            for (int i = 0; i < count; i++) {
                numbers[from + i] = slice.asDouble(i);
            }
        });
        return new ObsColumn.Numbers(name, numbers, missing);
    }

    /// Rows whose flag is set.
    static BitSet bits(ColumnValues values) {
        BitSet bits = new BitSet();
        ColumnSlices.numbers(values, (from, count, slice) -> {
            for (int i = 0; i < count; i++) {
                if (slice.asDouble(i) != 0) {
                    bits.set(from + i);
                }
            }
        });
        return bits;
    }

    private ObsColumn.Texts texts(String name, ColumnValues values, BitSet missing) {
        int[] codes = new int[Math.toIntExact(values.rows())];
        DistinctTexts distinct = new DistinctTexts(file, values.path());
        ColumnSlices.texts(values, (from, slice) -> {
            for (int i = 0; i < slice.size(); i++) {
                codes[from + i] = missing.get(from + i) ? -1 : distinct.code(slice.get(i));
            }
        });
        return new ObsColumn.Texts(name, distinct.inOrder(), codes);
    }

    ObsColumn.Categories categories(StoredColumn.Coded column) {
        if (column.labels().rows() > ObsColumn.Categories.MOST_LABELS) {
            throw Obstacle.refusal(file, tooManyLabels(column.labels()));
        }
        List<Label> labels = Labels.read(file, column.labels());
        int[] codes = new int[Math.toIntExact(column.codes().rows())];
        ColumnSlices.wholes(column.codes(), (from, slice) -> {
            for (int i = 0; i < slice.length; i++) {
                if (slice[i] < -1 || slice[i] >= labels.size()) {
                    throw Obstacle.refusal(
                            file, codeOutOfRange(column.codes().path(), from + i, slice[i], labels.size()));
                }
                codes[from + i] = (int) slice[i];
            }
        });
        return new ObsColumn.Categories(column.info().name(), labels, codes, column.ordered());
    }

    private static Problem tooManyLabels(ColumnValues labels) {
        return Problem.refusal(
                "input.column.labels",
                labels.path(),
                "holds %,d categories, expected at most %,d".formatted(labels.rows(), ObsColumn.Categories.MOST_LABELS),
                "A column of names cannot be coded; leave it out, or remove unused categories in pandas.");
    }

    private static Problem codeOutOfRange(String where, int row, long code, int labels) {
        return Problem.refusal(
                "input.column.code",
                where,
                "row %,d has category %,d, but there are %,d categories, numbered from 0, and -1 for none"
                        .formatted(row, code, labels),
                "The column is damaged. Make it categorical again in pandas, or leave it out.");
    }

    private InputRefused unusable(ColumnValues values) {
        return Obstacle.refusal(file, ColumnKinds.unusable(values.path(), values.typeName()));
    }
}
