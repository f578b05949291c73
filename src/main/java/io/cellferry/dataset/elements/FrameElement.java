package io.cellferry.dataset.elements;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.NumberArray;
import io.cellferry.dataset.NumberType;
import io.cellferry.dataset.TextArray;
import io.cellferry.dataset.columns.ColumnValues;
import io.cellferry.dataset.columns.Frame;
import io.cellferry.dataset.columns.StoredColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A data frame of any age as AnnData's current kind of frame: an index of texts, and columns in order.
public final class FrameElement {

    /// What AnnData calls an index that has no name.
    private static final String NAMELESS = "_index";

    private FrameElement() {}

    public static Element.Frame of(Frame frame) {
        Map<String, Element> members = new LinkedHashMap<>();
        List<String> order = new ArrayList<>();
        String index = frame.index().map(column -> column.info().name()).orElse(NAMELESS);
        members.put(index, frame.index().map(FrameElement::names).orElseGet(() -> numbered(frame)));
        for (StoredColumn column : frame.columns()) {
            String name = column.info().name();
            if (!column.info().index() && !members.containsKey(name)) {
                members.put(name, element(column));
                order.add(name);
            }
        }
        return new Element.Frame(index, order, members);
    }

    private static Element numbered(Frame frame) {
        return new Element.Texts(new NumberedRows(frame.rows().orElse(0)));
    }

    /// An index is text; a categorical one or a masked one is kept as what it is.
    private static Element names(StoredColumn column) {
        Element found = element(column);
        if (found instanceof Element.Numbers numbers
                && numbers.values().type().delivered() != io.cellferry.matrix.ValueType.FLOAT32
                && numbers.values().type().delivered() != io.cellferry.matrix.ValueType.FLOAT64) {
            return new Element.Texts(new TextsOfNumbers(numbers.values()));
        }
        return found;
    }

    private static Element element(StoredColumn column) {
        return switch (column) {
            case StoredColumn.Plain plain -> values(plain.values());
            case StoredColumn.Coded coded -> coded(coded);
            case StoredColumn.Masked masked -> masked(masked);
            case StoredColumn.Unusable unusable ->
                ArrayElements.unknown(unusable.why().where(), unusable.why().found());
        };
    }

    private static Element coded(StoredColumn.Coded column) {
        return values(column.codes()) instanceof Element.Numbers codes
                ? new Element.Categories(codes.values(), values(column.labels()), column.ordered())
                : ArrayElements.unknown(column.codes().path(), "category with codes of another kind");
    }

    private static Element masked(StoredColumn.Masked column) {
        Element values = values(column.values());
        if (column.mask().isEmpty()) {
            return values;
        }
        return values(column.mask().get()) instanceof Element.Numbers mask
                ? new Element.Masked(values, mask.values())
                : ArrayElements.unknown(column.values().path(), "values with a mask of another kind");
    }

    private static Element values(ColumnValues values) {
        Element element =
                switch (values) {
                    case ColumnValues.OfArray own -> ArrayElements.of(own.array());
                    case ColumnValues.OfField field -> ArrayElements.field(field.table(), field.field());
                };
        // A single label of an old file is stored without a dimension.
        if (element instanceof Element.Numbers numbers && numbers.values().shape().length == 0) {
            return new Element.Numbers(new NumberAsRow(numbers.values()));
        }
        return element instanceof Element.Texts texts && texts.values().shape().length == 0
                ? new Element.Texts(new TextAsRow(texts.values()))
                : element;
    }

    /// A single number as an array of one.
    private record NumberAsRow(NumberArray single) implements NumberArray {

        @Override
        public long[] shape() {
            return new long[] {1};
        }

        @Override
        public NumberType type() {
            return single.type();
        }

        @Override
        public long readingStep() {
            return 1;
        }

        @Override
        public long readerBytes() {
            return single.readerBytes();
        }

        @Override
        public Reader open() {
            return single.open();
        }
    }

    /// A single text as an array of one.
    private record TextAsRow(TextArray single) implements TextArray {

        @Override
        public long[] shape() {
            return new long[] {1};
        }

        @Override
        public List<String> read(long from, int count) {
            return single.read(from, count);
        }
    }
}
