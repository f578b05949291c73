package io.cellferry.dataset.tiledb;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.tiledb.filter.ByteReader;
import io.cellferry.dataset.tiledb.filter.Datatype;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Named values of an array or a group; later files win.
public final class Metadata {

    private final Map<String, Object> values;

    private Metadata(Map<String, Object> values) {
        this.values = values;
    }

    /// Each file is a generic tile of entries: name with its length in 4 bytes, deleted (1); unless deleted type
    /// (1), number of values (4), values.
    public static Metadata read(StoredFolder folder, String object) {
        String home = StoredFolder.join(object, "__meta");
        Map<String, Object> values = new TreeMap<>();
        for (StampedName file : StampedFiles.current(folder, home)) {
            String name = StoredFolder.join(home, file.text());
            ByteReader in = GenericTile.read(folder, name);
            try {
                while (in.remaining() > 0) {
                    entry(in, values);
                }
            } catch (Malformed damaged) {
                throw folder.refusal(name, damaged);
            }
        }
        return new Metadata(values);
    }

    private static void entry(ByteReader in, Map<String, Object> values) {
        String key = in.text(in.int32());
        values.remove(key);
        if (in.flag()) {
            return;
        }
        Datatype type = Datatype.of(in.unsignedByte());
        int count = in.count32(type.bytes());
        byte[] bytes = in.copy(count * type.bytes());
        if (type.isText() || type == Datatype.CHAR) {
            values.put(key, ByteReader.utf8(bytes, 0, bytes.length));
        } else if (count == 1 && type == Datatype.FLOAT64) {
            values.put(key, Double.longBitsToDouble(CellBits.at(type, bytes, 0)));
        } else if (count == 1 && type == Datatype.FLOAT32) {
            values.put(key, (double) Float.intBitsToFloat((int) CellBits.at(type, bytes, 0)));
        } else if (count == 1 && type == Datatype.BOOL) {
            values.put(key, bytes[0] != 0);
        } else if (count == 1 && type.isNumber()) {
            values.put(key, CellBits.at(type, bytes, 0));
        }
    }

    /// A text, a `Long`, a `Double` or a `Boolean` for each name, in alphabetical order; lists are left out.
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    public Optional<String> text(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    public Optional<Long> whole(String name) {
        return values.get(name) instanceof Long whole ? Optional.of(whole) : Optional.empty();
    }

    /// What kind of SOMA object this is (`SOMADataFrame`); empty when it is none.
    public String kind() {
        return text("soma_object_type").orElse("");
    }
}
