package io.cellferry.dataset.soma;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.NumberArray;
import io.cellferry.dataset.NumberType;
import io.cellferry.dataset.TextArray;
import io.cellferry.matrix.ValueBuffer;
import java.util.List;
import java.util.Optional;

/// Single values of `uns`, which SOMA keeps as metadata of a collection.
final class SingleValue {

    private SingleValue() {}

    /// Empty for what is neither a text nor a number nor a truth value.
    static Optional<Element> of(Object value) {
        return switch (value) {
            case String text -> Optional.of(new Element.Texts(new Text(text)));
            case Long whole -> Optional.of(new Element.Numbers(new Bits(NumberType.INT64, whole)));
            case Double real ->
                Optional.of(new Element.Numbers(new Bits(NumberType.FLOAT64, Double.doubleToRawLongBits(real))));
            case Boolean truth -> Optional.of(new Element.Numbers(new Bits(NumberType.BOOL, truth ? 1 : 0)));
            default -> Optional.empty();
        };
    }

    private record Text(String text) implements TextArray {

        @Override
        public long[] shape() {
            return new long[0];
        }

        @Override
        public List<String> read(long from, int count) {
            return List.of(text).subList((int) from, (int) from + count);
        }
    }

    private record Bits(NumberType type, long bits) implements NumberArray {

        @Override
        public long[] shape() {
            return new long[0];
        }

        @Override
        public long readingStep() {
            return 1;
        }

        @Override
        public long readerBytes() {
            return 0;
        }

        @Override
        public Reader open() {
            return new Reader() {
                @Override
                public void read(long from, int count, ValueBuffer into) {
                    if (count > 0) {
                        HeldValues.put(into, 0, bits);
                    }
                }

                @Override
                public void close() {}
            };
        }
    }
}
