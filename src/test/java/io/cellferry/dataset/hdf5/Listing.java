package io.cellferry.dataset.hdf5;

import io.cellferry.dataset.tree.ArrayCursor;
import io.cellferry.dataset.tree.ArrayField;
import io.cellferry.dataset.tree.ElementType;
import io.cellferry.dataset.tree.TreeArray;
import io.cellferry.dataset.tree.TreeGroup;
import io.cellferry.dataset.tree.TreeNode;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/// Reads everything in a file and writes it down as src/test/scripts/h5py_listing.py does: kind and digest by path,
/// shape and field. What is refused is listed as `refused` and why.
final class Listing {

    /// Odd, so that ranges begin and end in the middle of chunks.
    static final int RANGE = 7_919;

    private static final int MOST_LEVELS = 12;

    /// More lines than any fixture has, but for groups that damage made to contain themselves.
    private static final int MOST_LINES = 5_000;

    private final Map<String, String> lines = new LinkedHashMap<>();
    private final int range;
    private final long mostElements;

    private Listing(int range, long mostElements) {
        this.range = range;
        this.mostElements = mostElements;
    }

    static Map<String, String> of(Hdf5File file, int range) {
        return of(file, range, Long.MAX_VALUE);
    }

    /// Reads no more than `mostElements` of each data set: damage can declare any number of them.
    static Map<String, String> of(Hdf5File file, int range, long mostElements) {
        Listing listing = new Listing(range, mostElements);
        listing.walk(file.root(), 0);
        return listing.lines;
    }

    private void walk(TreeGroup group, int level) {
        attributes(group);
        for (String name : group.childNames()) {
            String path = group.path().equals("/") ? "/" + name : group.path() + "/" + name;
            try {
                Optional<TreeNode> node = group.find(name);
                switch (node.orElse(null)) {
                    case null -> lines.put(path, "missing");
                    case TreeGroup inner -> {
                        if (level < MOST_LEVELS && lines.size() < MOST_LINES) {
                            walk(inner, level + 1);
                        }
                    }
                    case TreeArray dataset -> dataset(path, dataset);
                }
            } catch (InputRefused e) {
                lines.put(path, refused(e));
            }
        }
    }

    private void attributes(TreeNode node) {
        try {
            for (String name : node.attributes().names()) {
                String path = node.path() + "@" + name;
                try {
                    lines.put(
                            path,
                            node.attributes().texts(name) + " "
                                    + node.attributes()
                                            .wholes(name)
                                            .map(Arrays::toString)
                                            .orElse(""));
                } catch (InputRefused e) {
                    lines.put(path, refused(e));
                }
            }
        } catch (InputRefused e) {
            lines.put(node.path() + "@", refused(e));
        }
    }

    private static String refused(InputRefused e) {
        return "refused\t" + e.getMessage();
    }

    private void dataset(String path, TreeArray dataset) {
        attributes(dataset);
        String key = path + "\t" + shape(dataset);
        List<ArrayField> fields = dataset.fields();
        for (ArrayField field : fields) {
            put(key + "\t" + field.name(), field.type(), field.valueType(), field::cursor);
        }
        if (fields.isEmpty()) {
            put(
                    key + "\t-",
                    dataset.type(),
                    dataset.isNumeric() ? Optional.of(dataset.valueType()) : Optional.empty(),
                    dataset::cursor);
        }
    }

    static String shape(TreeArray dataset) {
        String shape = Arrays.stream(dataset.shape()).mapToObj(Long::toString).collect(Collectors.joining("x"));
        return shape.isEmpty() ? "scalar" : shape;
    }

    private interface Opener {
        ArrayCursor open();
    }

    private void put(String key, ElementType type, Optional<ValueType> numbers, Opener opener) {
        try (ArrayCursor cursor = opener.open()) {
            lines.put(key, numbers.isPresent() ? numbers(cursor, numbers.get()) : texts(cursor));
        } catch (InputRefused e) {
            lines.put(key, refused(e));
        }
    }

    private String numbers(ArrayCursor cursor, ValueType type) {
        CRC32 crc = new CRC32();
        long count = Math.min(mostElements, cursor.count());
        ValueBuffer values = new ValueBuffer(type, range * cursor.valuesPerElement());
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        for (long from = 0; from < count; from += range) {
            int elements = (int) Math.min(range, count - from);
            cursor.read(from, elements, values, 0);
            bytes.clear();
            for (int index = 0; index < elements * cursor.valuesPerElement(); index++) {
                bytes.putLong(Double.doubleToLongBits(values.asDouble(index)));
            }
            crc.update(bytes.flip());
        }
        return "num\t%d %08x".formatted(count * cursor.valuesPerElement(), crc.getValue());
    }

    private String texts(ArrayCursor cursor) {
        CRC32 crc = new CRC32();
        long elements = Math.min(mostElements, cursor.count());
        long count = 0;
        for (long from = 0; from < elements; from += range) {
            for (String text : cursor.readTexts(from, (int) Math.min(range, elements - from))) {
                crc.update(text.getBytes(StandardCharsets.UTF_8));
                crc.update(0);
                count++;
            }
        }
        return "text\t%d %08x".formatted(count, crc.getValue());
    }
}
