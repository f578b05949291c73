package io.cellferry.dataset.elements;

import io.cellferry.dataset.NumberArray;
import io.cellferry.dataset.NumberType;
import io.cellferry.dataset.TextArray;
import io.cellferry.matrix.ValueBuffer;
import java.util.ArrayList;
import java.util.List;

/// Whole numbers or flags as texts: AnnData's indexes are texts, whatever older files named their rows by. Written as
/// Python writes them.
record TextsOfNumbers(NumberArray numbers) implements TextArray {

    @Override
    public long[] shape() {
        return numbers.shape();
    }

    @Override
    public List<String> read(long from, int count) {
        ValueBuffer values = new ValueBuffer(numbers.type().delivered(), count);
        try (NumberArray.Reader reader = numbers.open()) {
            reader.read(from, count, values);
        }
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text(values, i));
        }
        return texts;
    }

    private String text(ValueBuffer values, int index) {
        if (numbers.type() == NumberType.BOOL) {
            return values.four()[index] == 0 ? "False" : "True";
        }
        return switch (values.type()) {
            case INT32 -> Integer.toString(values.four()[index]);
            case UINT32 -> Integer.toUnsignedString(values.four()[index]);
            case INT64 -> Long.toString(values.eight()[index]);
            case UINT64 -> Long.toUnsignedString(values.eight()[index]);
            case FLOAT32, FLOAT64 -> throw new IllegalStateException("names that are real numbers are refused before");
        };
    }
}
