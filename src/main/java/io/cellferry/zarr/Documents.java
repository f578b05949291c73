package io.cellferry.zarr;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The JSON of metadata, keys in the order they were put in; letters beyond ASCII as escapes, because zarr 2 in Python
/// takes metadata for ASCII and fails at the first other byte.
final class Documents {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private Documents() {}

    static byte[] bytes(Map<String, Object> document) {
        return JSON.writeValueAsBytes(document);
    }

    /// A thing of version 3: its name and what there is to say about it.
    static Map<String, Object> named(String name, Map<String, Object> configuration) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        if (!configuration.isEmpty()) {
            json.put("configuration", configuration);
        }
        return json;
    }
}
