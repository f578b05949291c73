package io.cellferry.zarr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How metadata names the type of rows.
///
/// Version 2 writes what numpy calls it. In version 3 there are two names: `structured` with pairs of name and type is
/// what zarr-python has read since 3.1, `struct` is the name it writes itself since 3.2. The older one is written,
/// because newer readers are asked to take it too.
final class RowTypes {

    private RowTypes() {}

    static List<Object> versionTwo(List<RowField> fields) {
        List<Object> all = new ArrayList<>();
        for (RowField field : fields) {
            String code = field.type() == ZarrType.TEXT
                    ? "<U" + field.characters()
                    : field.type().code();
            all.add(field.inner().isEmpty() ? List.of(field.name(), code) : List.of(field.name(), code, field.inner()));
        }
        return all;
    }

    /// Version 3 has no word for arrays inside a row.
    static Map<String, Object> versionThree(List<RowField> fields) {
        List<Object> all = new ArrayList<>();
        for (RowField field : fields) {
            if (!field.inner().isEmpty()) {
                throw new IllegalArgumentException("version 3 has no arrays inside rows: " + field.name());
            }
            Object type = field.type() == ZarrType.TEXT
                    ? Documents.named("fixed_length_utf32", Map.of("length_bytes", field.valueBytes()))
                    : field.type().word();
            all.add(List.of(field.name(), type));
        }
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("fields", all);
        return Documents.named(ZarrType.ROW.word(), configuration);
    }
}
