package io.cellferry.genemajor;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.NumberArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.zarr.ArrayLayout;
import io.cellferry.zarr.ChunkFileWriter;
import io.cellferry.zarr.RowChunk;
import io.cellferry.zarr.RowField;
import io.cellferry.zarr.ZarrType;
import io.cellferry.zarr.ZarrVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows of a table (AnnData's `rec-array`): how they are written, and their bytes chunk by chunk.
///
/// Memory of [#write]: one chunk of rows, and of one field at a time its values in that chunk and what its reader
/// decodes; however many fields there are.
final class RecordRows {

    /// Longer rows come from single texts of that length, which every other row would have to make room for.
    private static final int MOST_ROW_BYTES = 1 << 20;

    private final String path;
    private final Element.Records records;
    private final ArrayLayout layout;
    private final RowChunk chunk;

    RecordRows(String path, Element.Records records, ArrayLayout layout) {
        this.path = path;
        this.records = records;
        this.layout = layout;
        this.chunk = new RowChunk(layout);
    }

    /// The fields as they are written.
    static List<RowField> fields(String path, Element.Records records, RowSizes sizes) {
        List<RowField> fields = new ArrayList<>();
        for (int number = 0; number < records.fields().size(); number++) {
            Element.Field field = records.fields().get(number);
            fields.add(
                    switch (field.values()) {
                        case Element.Numbers numbers ->
                            new RowField(
                                    field.name(),
                                    ZarrType.valueOf(numbers.values().type().name()),
                                    0,
                                    field.inner());
                        case Element.Texts texts -> {
                            int room =
                                    field.textRoom() > 0 ? field.textRoom() : sizes.room(path, number, texts.values());
                            yield new RowField(field.name(), ZarrType.TEXT, room, field.inner());
                        }
                        default ->
                            throw new IllegalArgumentException("%s/%s is no field".formatted(path, field.name()));
                    });
        }
        return fields;
    }

    /// Why `fields` cannot be written, to follow the words "a table of records".
    static Optional<String> unfit(List<RowField> fields, long[] shape, ZarrVersion version) {
        long rowBytes = fields.stream().mapToLong(RowField::bytes).sum();
        for (int dimension = 1; dimension < shape.length; dimension++) {
            rowBytes = rowBytes > MOST_ROW_BYTES ? rowBytes : rowBytes * Math.max(1, shape[dimension]);
        }
        if (rowBytes > MOST_ROW_BYTES) {
            return Optional.of("each row of which would take %,d bytes, more than the %,d that are written"
                    .formatted(rowBytes, MOST_ROW_BYTES));
        }
        if (version == ZarrVersion.THREE) {
            return fields.stream()
                    .filter(field -> !field.inner().isEmpty())
                    .findFirst()
                    .map(field -> "whose field \"%s\" holds small arrays, which version 3 of Zarr cannot say"
                            .formatted(field.name()));
        }
        return Optional.empty();
    }

    /// The most that one chunk takes, beside what its [ChunkFileWriter] holds.
    static long heapBytes(Element.Records records, ArrayLayout layout, long textsBytes) {
        long most = 0;
        for (Element.Field field : records.fields()) {
            most = Math.max(
                    most,
                    switch (field.values()) {
                        case Element.Numbers numbers ->
                            (long) layout.chunkElements()
                                            * repeated(field)
                                            * numbers.values()
                                                    .type()
                                                    .delivered()
                                                    .bytes()
                                    + numbers.values().readerBytes();
                        default -> textsBytes;
                    });
        }
        return (long) layout.chunkElements() * layout.elementBytes() + most;
    }

    private static int repeated(Element.Field field) {
        return field.inner().stream().reduce(1, Math::multiplyExact);
    }

    /// Writes rows `[from, from + count)` as the next chunk.
    void write(long from, int count, ChunkFileWriter writer) {
        chunk.clear();
        for (int number = 0; number < records.fields().size(); number++) {
            Element.Field field = records.fields().get(number);
            switch (field.values()) {
                case Element.Numbers numbers -> numbers(number, numbers.values(), repeated(field), from, count);
                case Element.Texts texts -> texts(number, texts.values().read(from, count));
                default -> throw new IllegalStateException("%s/%s is no field".formatted(path, field.name()));
            }
        }
        writer.chunk(chunk.bytes());
    }

    private void numbers(int number, NumberArray array, int repeated, long from, int count) {
        int values = Math.multiplyExact(count, repeated);
        ValueBuffer buffer = new ValueBuffer(array.type().delivered(), values);
        try (NumberArray.Reader reader = array.open()) {
            reader.read(from * repeated, values, buffer);
        }
        if (buffer.type().bytes() == Integer.BYTES) {
            chunk.numbers(number, buffer.four(), values);
        } else {
            chunk.numbers(number, buffer.eight(), values);
        }
    }

    private void texts(int number, List<String> texts) {
        RowField field = layout.fields().get(number);
        for (String text : texts) {
            int characters = text.codePointCount(0, text.length());
            if (characters > field.characters()) {
                throw new InputRefused(
                        "%s: field \"%s\" should hold at most %,d characters, as when the run was planned, but now holds %,d."
                                .formatted(path, field.name(), field.characters(), characters),
                        "Let the input rest while it is converted, and run the same command with --replace.");
            }
        }
        chunk.texts(number, texts);
    }
}
