package io.cellferry.storage;

import java.io.InputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of this package's files: fields in the order of their records, maps in the order of their makers.
final class Json {

    private static final JsonMapper COMPACT = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private static final JsonMapper INDENTED =
            COMPACT.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    static byte[] bytes(Object value) {
        return COMPACT.writeValueAsBytes(value);
    }

    static byte[] indented(Object value) {
        return INDENTED.writeValueAsBytes(value);
    }

    static <T> T read(byte[] bytes, Class<T> type) {
        T value = COMPACT.readValue(bytes, type);
        if (value == null) {
            throw MismatchedInputException.from((JsonParser) null, type, "null instead of " + type);
        }
        return value;
    }

    /// The members of an object that come before the one called `member`. What follows is not looked at.
    static <T> T readBefore(String member, InputStream in, Class<T> type) {
        ObjectNode before = COMPACT.createObjectNode();
        try (JsonParser parser = COMPACT.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw MismatchedInputException.from(parser, type, "no object");
            }
            for (String name = parser.nextName(); !member.equals(name); name = parser.nextName()) {
                if (name == null) {
                    throw MismatchedInputException.from(parser, type, "no member " + member);
                }
                parser.nextToken();
                before.set(name, parser.readValueAsTree());
            }
        }
        return COMPACT.treeToValue(before, type);
    }
}
