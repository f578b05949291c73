package io.cellferry.genemajor;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.NumberArray;
import io.cellferry.dataset.TextArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.zarr.RowField;
import io.cellferry.zarr.ZarrType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Compares what a store carries beside its matrix with what it would carry of its input: a store is written in today's
/// encodings, so that carrying it over again gives the same nodes, and every value has to be the same too.
///
/// Memory: two chunks of one array.
public final class CarriedCheck {

    private final CarriedElements store;
    private final CarriedElements input;
    private final List<Problem> problems = new ArrayList<>();

    private CarriedCheck(CarriedElements store, CarriedElements input) {
        this.store = store;
        this.input = input;
    }

    /// Where the two differ.
    public static List<Problem> of(CarriedElements store, CarriedElements input) {
        CarriedCheck check = new CarriedCheck(store, input);
        check.nodes();
        return check.problems;
    }

    /// The rooms for texts in rows as `store` has them; of rows that it lacks as whoever wrote it found them, because
    /// rows that are too long were left behind.
    public static RowSizes rooms(CarriedElements store) {
        Map<String, StoreNode> nodes = byPath(store);
        RowSizes measured = RowSizes.measured();
        return (path, number, texts) -> {
            List<RowField> fields = nodes.get(path) instanceof StoreNode.Array array
                    ? array.layout().fields()
                    : List.of();
            return number < fields.size() && fields.get(number).type() == ZarrType.TEXT
                    ? fields.get(number).characters()
                    : measured.room(path, number, texts);
        };
    }

    private static Map<String, StoreNode> byPath(CarriedElements elements) {
        Map<String, StoreNode> nodes = new LinkedHashMap<>();
        elements.nodes().forEach(node -> nodes.put(node.path(), node));
        return nodes;
    }

    private void nodes() {
        Map<String, StoreNode> stored = byPath(store);
        for (StoreNode expected : input.nodes()) {
            StoreNode found = stored.remove(expected.path());
            if (found == null) {
                differs(expected.path(), "expected what the input holds there, found nothing");
                continue;
            }
            compare(expected, found);
        }
        stored.keySet().forEach(path -> differs(path, "expected nothing, because the input holds nothing there"));
    }

    private void compare(StoreNode expected, StoreNode found) {
        if (!expected.attributes().equals(found.attributes())) {
            differs(
                    expected.path(),
                    "expected the attributes %s, found %s".formatted(expected.attributes(), found.attributes()));
            return;
        }
        if (!(expected instanceof StoreNode.Array array)) {
            return;
        }
        if (!(found instanceof StoreNode.Array other)
                || !array.layout().shape().equals(other.layout().shape())
                || array.layout().type() != other.layout().type()
                || !array.layout().fields().equals(other.layout().fields())) {
            differs(expected.path(), "expected an array of %s, found %s".formatted(inWords(expected), inWords(found)));
            return;
        }
        try {
            values(array);
        } catch (InputRefused refusal) {
            differs(expected.path(), String.valueOf(refusal.getMessage()));
        }
    }

    private static String inWords(StoreNode node) {
        return switch (node) {
            case StoreNode.Group group -> "a group";
            case StoreNode.Array array ->
                "%s %s%s"
                        .formatted(
                                array.layout().shape(),
                                array.layout().type().word(),
                                array.layout().fields().isEmpty()
                                        ? ""
                                        : " " + array.layout().fields());
        };
    }

    private void values(StoreNode.Array array) {
        ArraySource expected = input.source(array.path());
        ArraySource found = store.source(array.path());
        int step = array.layout().chunkElements();
        if (expected instanceof ArraySource.OfNumbers numbers && found instanceof ArraySource.OfNumbers others) {
            numbers(array.path(), numbers.values(), others.values(), step);
        } else if (expected instanceof ArraySource.OfTexts texts && found instanceof ArraySource.OfTexts others) {
            texts(array.path(), texts.values(), others.values(), step);
        } else if (expected instanceof ArraySource.OfRecords rows && found instanceof ArraySource.OfRecords others) {
            fields(array.path(), rows.rows(), others.rows(), step);
        } else if (!(expected instanceof ArraySource.OfNothing && found instanceof ArraySource.OfNothing)) {
            differs(array.path(), "expected another kind of array than is there");
        }
    }

    private void fields(String path, Element.Records expected, Element.Records found, int rows) {
        for (int number = 0; number < expected.fields().size(); number++) {
            Element.Field field = expected.fields().get(number);
            String name = "%s, field \"%s\"".formatted(path, field.name());
            Element other = found.fields().get(number).values();
            if (field.values() instanceof Element.Numbers numbers && other instanceof Element.Numbers others) {
                int repeated = field.inner().stream().reduce(1, Math::multiplyExact);
                numbers(name, numbers.values(), others.values(), Math.multiplyExact(rows, repeated));
            } else if (field.values() instanceof Element.Texts texts && other instanceof Element.Texts others) {
                texts(name, texts.values(), others.values(), rows);
            }
        }
    }

    private void numbers(String path, NumberArray expected, NumberArray found, int step) {
        ValueBuffer here = new ValueBuffer(expected.type().delivered(), step);
        ValueBuffer there = new ValueBuffer(found.type().delivered(), step);
        try (NumberArray.Reader inInput = expected.open();
                NumberArray.Reader inStore = found.open()) {
            for (long from = 0; from < expected.count(); from += step) {
                int count = (int) Math.min(step, expected.count() - from);
                inInput.read(from, count, here);
                inStore.read(from, count, there);
                for (int i = 0; i < count; i++) {
                    if (here.bits(i) != there.bits(i)) {
                        differs(path, "value %,d is not that of the input".formatted(from + i));
                        return;
                    }
                }
            }
        }
    }

    private void texts(String path, TextArray expected, TextArray found, int step) {
        for (long from = 0; from < expected.count(); from += step) {
            int count = (int) Math.min(step, expected.count() - from);
            List<String> here = expected.read(from, count);
            List<String> there = found.read(from, count);
            for (int i = 0; i < count; i++) {
                if (!here.get(i).equals(there.get(i))) {
                    differs(
                            path,
                            "value %,d is \"%s\" instead of \"%s\"".formatted(from + i, there.get(i), here.get(i)));
                    return;
                }
            }
        }
    }

    private void differs(String path, String found) {
        problems.add(Problem.refusal(
                "store.differs",
                path.isEmpty() ? "the root" : path,
                found + ".",
                "Make sure it is this input the store was made from; if it is, write the store again."));
    }
}
