package io.cellferry.zarr;

import io.cellferry.codec.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/// The bytes of one missing element.
final class FillBytes {

    private FillBytes() {}

    /// Zero unless `value` says otherwise for a number, a flag or a row.
    static byte[] of(ElementKind kind, JsonNode value) {
        ByteBuffer bytes = ByteBuffer.allocate(kind.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (kind) {
            case ElementKind.Number number -> put(number.type(), value, bytes);
            case ElementKind.Row row -> row(row, value, bytes);
            case ElementKind.Text text -> {}
            case ElementKind.WideText text -> {}
            case ElementKind.ByteText text -> {}
            case ElementKind.Other other -> {}
        }
        return bytes.array();
    }

    /// The bytes of a row in Base64, or its fields by name; a field that is no number stays zero.
    private static void row(ElementKind.Row row, JsonNode value, ByteBuffer into) {
        if (value.isString() && !value.asString("").isEmpty()) {
            into.put(decoded(value.asString(""), into.capacity()));
        }
        for (ElementKind.Field field : row.fields()) {
            if (value.has(field.name()) && field.kind() instanceof ElementKind.Number number) {
                into.position(field.offset());
                put(number.type(), value.path(field.name()), into);
            }
        }
    }

    private static byte[] decoded(String text, int rowBytes) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Malformed("the fill value of its rows is not in Base64", e);
        }
        if (bytes.length != rowBytes) {
            throw new Malformed(
                    "the fill value of its rows has %,d bytes instead of %,d".formatted(bytes.length, rowBytes));
        }
        return bytes;
    }

    private static void put(ZarrType type, JsonNode value, ByteBuffer into) {
        switch (type) {
            case BOOL -> into.put((byte) (value.asBoolean(false) ? 1 : 0));
            case INT8, UINT8 -> into.put((byte) whole(value));
            case INT16, UINT16 -> into.putShort((short) whole(value));
            case INT32, UINT32 -> into.putInt((int) whole(value));
            case INT64, UINT64 -> into.putLong(whole(value));
            case FLOAT16 -> into.putShort(Float.floatToFloat16((float) real(value)));
            case FLOAT32 -> into.putFloat((float) real(value));
            case FLOAT64 -> into.putDouble(real(value));
            case TEXT, ROW -> {}
        }
    }

    private static long whole(JsonNode value) {
        return value.isNumber() ? value.bigIntegerValue().longValue() : 0;
    }

    private static double real(JsonNode value) {
        if (value.isNumber()) {
            return value.asDouble();
        }
        return switch (value.asString("")) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> 0;
        };
    }
}
