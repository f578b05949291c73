package io.cellferry.dataset.columns;

import io.cellferry.dataset.ColumnInfo;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.failure.Problem;
import java.util.Optional;

/// Decides from types and shapes alone what kind of column an array is.
public final class ColumnKinds {

    private ColumnKinds() {}

    /// A column of one array.
    public static StoredColumn plain(String name, ColumnValues values, boolean index) {
        return listable(values)
                ? new StoredColumn.Plain(new ColumnInfo(name, kind(values.type()), values.typeName(), index), values)
                : other(name, values.path(), describe(values), index);
    }

    /// A column of values and a mask.
    public static StoredColumn masked(String name, ColumnValues values, Optional<ColumnValues> mask, boolean index) {
        if (!listable(values)) {
            return other(name, values.path(), describe(values), index);
        }
        var info = new ColumnInfo(name, kind(values.type()), "nullable " + values.typeName(), index);
        if (mask.isPresent() && !maskFits(values, mask.get())) {
            return new StoredColumn.Unusable(
                    info,
                    Problem.refusal(
                            "input.column.mask",
                            mask.get().path(),
                            "a mask needs one boolean for each of the %,d values, found %s"
                                    .formatted(values.rows(), describe(mask.get())),
                            "Write the column again from pandas, or leave it out."));
        }
        return new StoredColumn.Masked(info, values, mask);
    }

    /// A column of codes and labels.
    public static StoredColumn coded(
            String name, ColumnValues codes, ColumnValues labels, boolean ordered, boolean index) {
        if (!(codes.type() instanceof ElementType.Whole) || codes.shape().length != 1) {
            return other(name, codes.path(), "category with codes of " + describe(codes), index);
        }
        if (labels.shape().length > 1 || kind(labels.type()) == ColumnInfo.Kind.OTHER) {
            return other(name, labels.path(), "category with labels of " + describe(labels), index);
        }
        String storedType =
                "category of %,d %s labels%s".formatted(labels.rows(), labels.typeName(), ordered ? ", ordered" : "");
        var info = new ColumnInfo(name, ColumnInfo.Kind.CATEGORY, storedType, index);
        return new StoredColumn.Coded(info, codes, labels, ordered);
    }

    /// A column no viewer column can be made of; `found` says what it is.
    public static StoredColumn other(String name, String where, String found, boolean index) {
        var info = new ColumnInfo(name, ColumnInfo.Kind.OTHER, found, index);
        return new StoredColumn.Unusable(info, unusable(where, found));
    }

    static Problem unusable(String where, String found) {
        return Problem.refusal(
                "input.column.type",
                where,
                "expected numbers, booleans, texts or categories, found " + found,
                "Turn the column into one of these in pandas, or leave it out.");
    }

    private static boolean listable(ColumnValues values) {
        return values.shape().length == 1 && kind(values.type()) != ColumnInfo.Kind.OTHER;
    }

    private static boolean maskFits(ColumnValues values, ColumnValues mask) {
        boolean truths = mask.type() instanceof ElementType.Flag || mask.type() instanceof ElementType.Whole;
        return truths && mask.shape().length == 1 && mask.rows() == values.rows();
    }

    private static ColumnInfo.Kind kind(ElementType type) {
        return switch (type) {
            case ElementType.Whole whole -> ColumnInfo.Kind.NUMBER;
            case ElementType.Real real -> ColumnInfo.Kind.NUMBER;
            case ElementType.Flag flag -> ColumnInfo.Kind.FLAG;
            case ElementType.Text text -> ColumnInfo.Kind.TEXT;
            case ElementType.Enumeration named -> ColumnInfo.Kind.OTHER;
            case ElementType.Compound row -> ColumnInfo.Kind.OTHER;
            case ElementType.SubArray inner -> ColumnInfo.Kind.OTHER;
            case ElementType.Reference reference -> ColumnInfo.Kind.OTHER;
            case ElementType.Other other -> ColumnInfo.Kind.OTHER;
        };
    }

    private static String describe(ColumnValues values) {
        return values.shape().length == 1
                ? values.typeName()
                : "%s in %d dimensions".formatted(values.typeName(), values.shape().length);
    }
}
