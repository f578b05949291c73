package io.cellferry.cellucid.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads one JSON text strictly: no repeated member, nothing after the value, no `NaN`, whole numbers of 64 bits.
///
/// The value is held in memory; the caller limits the text (64 MiB is what viewers take).
public final class JsonReader {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    public static Json read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Json read(byte[] utf8) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
            JsonReader reader = new JsonReader(parser);
            Json value = reader.value(reader.next());
            if (parser.nextToken() != null) {
                throw new MalformedJson("there is more text after the value");
            }
            return value;
        } catch (JacksonException e) {
            throw new MalformedJson(e.getOriginalMessage(), e);
        }
    }

    private JsonToken next() {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new MalformedJson("the text ends in the middle of a value");
        }
        return token;
    }

    private Json value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> members();
            case START_ARRAY -> array();
            case VALUE_STRING -> new Json.Text(parser.getString());
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> new Json.Real(parser.getDoubleValue());
            case VALUE_TRUE -> new Json.Truth(true);
            case VALUE_FALSE -> new Json.Truth(false);
            case VALUE_NULL -> Json.NOTHING;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new MalformedJson("unexpected " + token);
        };
    }

    private Json whole() {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new MalformedJson("the whole number " + parser.getString() + " needs more than 64 bits");
        }
        return new Json.Whole(parser.getLongValue());
    }

    private Json array() {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            items.add(value(token));
        }
        return new Json.Array(items);
    }

    private Json members() {
        Map<String, Json> byName = new LinkedHashMap<>();
        for (JsonToken token = next(); token != JsonToken.END_OBJECT; token = next()) {
            String name = parser.currentName();
            byName.put(name, value(next()));
        }
        return new Json.Members(byName);
    }
}
