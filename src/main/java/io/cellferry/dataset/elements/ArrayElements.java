package io.cellferry.dataset.elements;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.NumberType;
import io.cellferry.dataset.tree.ArrayField;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Elements made of single arrays, by the type of what they hold.
public final class ArrayElements {

    private static final String REMEDY = "Keep the input if this part matters.";

    private ArrayElements() {}

    /// What one array holds. A table of rows becomes [Element.Records].
    public static Element of(TreeArray array) {
        if (array.unreadable().isPresent()) {
            Problem why = array.unreadable().get();
            return new Element.Unknown(withoutRoot(array.path()), why.found(), why.remedy());
        }
        Optional<NumberType> number = NumberTypes.of(array.type());
        if (number.isPresent()) {
            return new Element.Numbers(
                    new StoredNumbers(array.shape(), number.get(), 1, step(array), array.cursorBytes(), array::cursor));
        }
        return switch (array.type()) {
            case ElementType.Text text -> new Element.Texts(new StoredTexts(array.shape(), array::cursor));
            case ElementType.Compound row ->
                isComplex(row) ? unknown(array.path(), "an array of complex numbers") : records(array);
            default -> unknown(array.path(), "an array of " + array.typeName());
        };
    }

    /// h5py's complex numbers: HDF5 has none of its own, so two real fields called `r` and `i` stand for one.
    private static boolean isComplex(ElementType.Compound row) {
        List<ElementType.Field> fields = row.fields();
        return fields.size() == 2
                && fields.get(0).name().equals("r")
                && fields.get(1).name().equals("i")
                && fields.get(0).type() instanceof ElementType.Real real
                && real.equals(fields.get(1).type());
    }

    /// Chunks side by side in a row of chunks are decoded together.
    private static long step(TreeArray array) {
        long[] shape = array.shape();
        Optional<long[]> chunk = array.chunkShape();
        if (chunk.isEmpty() || shape.length == 0) {
            return 1;
        }
        long rows = chunk.get()[0];
        for (int dimension = 1; dimension < shape.length; dimension++) {
            rows *= shape[dimension];
        }
        return Math.max(1, rows);
    }

    private static Element records(TreeArray table) {
        List<Element.Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ArrayField field : table.fields()) {
            List<Integer> inner = field.type() instanceof ElementType.SubArray small ? small.shape() : List.of();
            Element element = field(table, field, inner);
            if (element instanceof Element.Unknown unknown) {
                return unknown(table.path(), "a table of records with " + unknown.found());
            }
            if (field.name().isEmpty() || !names.add(field.name())) {
                return unknown(
                        table.path(),
                        field.name().isEmpty()
                                ? "a table of records with a field without a name"
                                : "a table of records with two fields called \"%s\"".formatted(field.name()));
            }
            fields.add(new Element.Field(field.name(), element, inner, field.textRoom()));
        }
        return fields.isEmpty()
                ? unknown(table.path(), "a table of records without fields")
                : new Element.Records(table.shape(), fields);
    }

    /// One field of a table; one that holds small arrays has a dimension more than the table.
    public static Element field(TreeArray table, ArrayField field) {
        return field(
                table,
                field,
                field.type() instanceof ElementType.SubArray ? List.of(field.valuesPerElement()) : List.of());
    }

    private static Element field(TreeArray table, ArrayField field, List<Integer> inner) {
        ElementType scalar = field.type() instanceof ElementType.SubArray small ? small.element() : field.type();
        int width = field.valuesPerElement();
        long[] rows = table.shape();
        long[] shape = Arrays.copyOf(rows, rows.length + inner.size());
        for (int dimension = 0; dimension < inner.size(); dimension++) {
            shape[rows.length + dimension] = inner.get(dimension);
        }
        Optional<NumberType> number = NumberTypes.of(scalar);
        if (number.isPresent()) {
            return new Element.Numbers(
                    new StoredNumbers(shape, number.get(), width, width, table.cursorBytes(), field::cursor));
        }
        return scalar instanceof ElementType.Text && width == 1
                ? new Element.Texts(new StoredTexts(shape, field::cursor))
                : unknown(
                        table.path() + "/" + field.name(),
                        "a field \"%s\" of %s".formatted(field.name(), field.typeName()));
    }

    /// Something that is left behind, and what it is.
    public static Element.Unknown unknown(String path, String found) {
        return new Element.Unknown(withoutRoot(path), found, REMEDY);
    }

    /// Something that is left behind because it cannot be read.
    public static Element.Unknown unreadable(String path, InputRefused refusal) {
        return new Element.Unknown(withoutRoot(path), String.valueOf(refusal.getMessage()), refusal.remedy());
    }

    private static String withoutRoot(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
