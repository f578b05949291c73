package io.cellferry.launch.http.api;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;

/// JSON schemas of the records that travel, each named once under `components/schemas`.
final class JsonSchemas {

    private final Map<String, Map<String, Object>> named = new TreeMap<>();

    Map<String, Map<String, Object>> named() {
        return named;
    }

    Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw == ResponseEntity.class || raw == Optional.class) {
                return of(last);
            }
            return raw == List.class
                    ? Map.of("type", "array", "items", of(last))
                    : Map.of("type", "object", "additionalProperties", of(last));
        }
        if (!(type instanceof Class<?> raw)) {
            return Map.of();
        }
        if (raw.isRecord()) {
            return reference(raw);
        }
        if (raw == String.class || raw == Resource.class) {
            return Map.of("type", "string");
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (raw == double.class || raw == Double.class) {
            return Map.of("type", "number");
        }
        if (raw == long.class || raw == Long.class || raw == int.class || raw == Integer.class) {
            return Map.of("type", "integer");
        }
        return Map.of(); // anything
    }

    private Map<String, Object> reference(Class<?> raw) {
        String name = raw.getSimpleName();
        if (!named.containsKey(name)) {
            Map<String, Object> schema = new LinkedHashMap<>();
            named.put(name, schema); // before its members: one of them may be of the same kind
            Map<String, Object> properties = new LinkedHashMap<>();
            for (RecordComponent member : raw.getRecordComponents()) {
                Map<String, Object> one = of(member.getGenericType());
                properties.put(
                        member.getName(),
                        isNullable(member) ? Map.of("anyOf", List.of(one, Map.of("type", "null"))) : one);
            }
            schema.put("type", "object");
            schema.put("properties", properties);
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private static boolean isNullable(RecordComponent member) {
        AnnotatedElement type = member.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }
}
