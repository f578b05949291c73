package io.cellferry.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import tools.jackson.databind.JsonNode;

/// The bytes of one missing element.
final class FillBytes {

    private FillBytes() {}

    /// Zero unless `value` says otherwise for a number or flag.
    static byte[] of(ElementKind kind, JsonNode value) {
        ByteBuffer bytes = ByteBuffer.allocate(kind.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (kind instanceof ElementKind.Number number) {
            put(number.type(), value, bytes);
        }
        return bytes.array();
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
            case TEXT -> {}
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
