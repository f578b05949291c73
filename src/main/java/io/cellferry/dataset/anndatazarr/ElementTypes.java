package io.cellferry.dataset.anndatazarr;

import io.cellferry.dataset.tree.ElementType;
import io.cellferry.matrix.ValueType;
import io.cellferry.zarr.ElementKind;
import io.cellferry.zarr.ZarrType;
import java.util.Optional;

/// What Zarr's elements are in the words of the tree, and how numbers are delivered.
final class ElementTypes {

    private ElementTypes() {}

    static ElementType of(ElementKind kind) {
        return switch (kind) {
            case ElementKind.Number number -> of(number.type());
            case ElementKind.Text text -> new ElementType.Text();
            case ElementKind.WideText text -> new ElementType.Text();
            case ElementKind.ByteText text -> new ElementType.Text();
            case ElementKind.Row row ->
                new ElementType.Compound(row.fields().stream()
                        .map(field -> new ElementType.Field(field.name(), of(field)))
                        .toList());
            case ElementKind.Other other -> new ElementType.Other(other.name());
        };
    }

    static ElementType of(ElementKind.Field field) {
        ElementType one = of(field.kind());
        return field.inner().isEmpty() ? one : new ElementType.SubArray(one, field.inner());
    }

    private static ElementType of(ZarrType type) {
        return switch (type) {
            case BOOL -> new ElementType.Flag();
            case INT8, INT16, INT32, INT64 -> new ElementType.Whole(type.bytes(), true);
            case UINT8, UINT16, UINT32, UINT64 -> new ElementType.Whole(type.bytes(), false);
            case FLOAT16, FLOAT32, FLOAT64 -> new ElementType.Real(type.bytes());
            case TEXT -> new ElementType.Text();
            case ROW -> throw new IllegalArgumentException("rows are no single values");
        };
    }

    /// Empty for whatever is no number.
    static Optional<ValueType> delivered(ElementKind kind) {
        return kind instanceof ElementKind.Number number ? Optional.of(delivered(number.type())) : Optional.empty();
    }

    private static ValueType delivered(ZarrType type) {
        return switch (type) {
            case BOOL, INT8, INT16, INT32, UINT8, UINT16 -> ValueType.INT32;
            case UINT32 -> ValueType.UINT32;
            case INT64 -> ValueType.INT64;
            case UINT64 -> ValueType.UINT64;
            case FLOAT16, FLOAT32 -> ValueType.FLOAT32;
            case FLOAT64 -> ValueType.FLOAT64;
            case TEXT, ROW -> throw new IllegalArgumentException("texts and rows are no numbers");
        };
    }
}
