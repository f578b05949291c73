package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.tiledb.filter.ByteReader;
import io.cellferry.dataset.tiledb.filter.Datatype;
import java.util.ArrayList;
import java.util.List;

/// The values that a categorical attribute counts. `texts` are used when `type` is a text, `numbers` (bits as
/// [io.cellferry.matrix.ValueBuffer] holds them) otherwise. Bounded by one generic tile.
public record Enumeration(Datatype type, boolean ordered, List<String> texts, long[] numbers) {

    public Enumeration {
        texts = List.copyOf(texts);
    }

    public int count() {
        return type.isText() ? texts.size() : numbers.length;
    }

    /// Layout: version (4 bytes), name, file name, type (1), values of one entry (4), ordered (1), size of the data
    /// (8), data; for entries of any length size of the offsets (8), offsets of 8 bytes.
    ///
    /// `name` is what the schema calls the enumeration in `file`.
    static Enumeration read(StoredFolder folder, String file, String name) {
        ByteReader in = GenericTile.read(folder, file);
        try {
            in.int32();
            String own = in.text(in.int32());
            if (!own.equals(name)) {
                throw new Malformed("it holds the enumeration \"%s\", expected \"%s\"".formatted(own, name));
            }
            in.text(in.int32());
            Datatype type = Datatype.of(in.unsignedByte());
            int valuesPerEntry = in.int32();
            boolean ordered = in.flag();
            byte[] data = in.copy(in.count64(1));
            if (valuesPerEntry == Attribute.ANY_LENGTH && type.isText()) {
                return new Enumeration(type, ordered, texts(data, new ByteReader(in.copy(in.count64(1)))), new long[0]);
            }
            if (valuesPerEntry == 1 && type.isNumber()) {
                return new Enumeration(type, ordered, List.of(), numbers(type, data));
            }
            throw new Malformed("an enumeration of " + type.element().name());
        } catch (Malformed damaged) {
            throw folder.refusal(file, damaged);
        }
    }

    private static List<String> texts(byte[] data, ByteReader offsets) {
        int count = offsets.remaining() / Long.BYTES;
        List<String> texts = new ArrayList<>(count);
        long start = count == 0 ? 0 : offsets.int64();
        if (start != 0) {
            throw new Malformed("the first entry of the enumeration starts at %,d, expected 0".formatted(start));
        }
        for (int i = 0; i < count; i++) {
            long end = i + 1 < count ? offsets.int64() : data.length;
            if (end < start || end > data.length) {
                throw new Malformed("entry %,d of the enumeration lies at [%,d, %,d) of %,d bytes"
                        .formatted(i, start, end, data.length));
            }
            texts.add(ByteReader.utf8(data, (int) start, (int) (end - start)));
            start = end;
        }
        return texts;
    }

    private static long[] numbers(Datatype type, byte[] data) {
        if (data.length % type.bytes() != 0) {
            throw new Malformed(
                    "%,d bytes of %s".formatted(data.length, type.element().name()));
        }
        long[] numbers = new long[data.length / type.bytes()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = CellBits.at(type, data, i);
        }
        return numbers;
    }
}
