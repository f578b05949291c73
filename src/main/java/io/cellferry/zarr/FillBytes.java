package io.cellferry.zarr;

import io.cellferry.codec.Malformed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/// What stands for a missing element, as [StoredArray#fill] keeps it. A value that its type cannot have is refused: it
/// would turn what is missing into something else without a word.
final class FillBytes {

    private static final byte[] ZEROS = {};
    private static final Charset LOW_FIRST = Charset.forName("UTF-32LE");
    private static final Charset HIGH_FIRST = Charset.forName("UTF-32BE");

    private FillBytes() {}

    static byte[] of(ElementKind kind, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return ZEROS;
        }
        return switch (kind) {
            case ElementKind.Number number -> number(number.type(), value);
            case ElementKind.Row row -> row(row, value);
            case ElementKind.Text text -> text(value).getBytes(StandardCharsets.UTF_8);
            case ElementKind.WideText wide ->
                shortened(text(value).getBytes(wide.bigEndian() ? HIGH_FIRST : LOW_FIRST), wide.bytes());
            case ElementKind.ByteText bytes -> shortened(bytesOrText(text(value)), bytes.bytes());
            case ElementKind.Other other -> ZEROS;
        };
    }

    /// zarr 2 writes the number 0 for texts when it is not told otherwise; it stands for the empty one.
    private static String text(JsonNode value) {
        if (value.isNumber() && value.asDouble(1) == 0) {
            return "";
        }
        if (!value.isString()) {
            throw unfit(value, "text");
        }
        return value.asString();
    }

    /// Base64, and as zarr 2 reads it the bytes themselves when it is none.
    private static byte[] bytesOrText(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException noBase64) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static byte[] shortened(byte[] bytes, int most) {
        return bytes.length > most ? Arrays.copyOf(bytes, most) : bytes;
    }

    /// The bytes of a row in Base64, or its fields by name; fields that are not named are zero.
    private static byte[] row(ElementKind.Row row, JsonNode value) {
        boolean zeros = value.isNumber() && value.asDouble(1) == 0;
        if (zeros || value.isString() && value.asString().isEmpty()) {
            return ZEROS;
        }
        if (value.isString()) {
            return decoded(value.asString(), row.bytes());
        }
        if (!value.isObject()) {
            throw unfit(value, "rows");
        }
        byte[] bytes = new byte[row.bytes()];
        for (ElementKind.Field field : row.fields()) {
            byte[] one = of(field.kind(), value.path(field.name()));
            System.arraycopy(one, 0, bytes, field.offset(), one.length);
        }
        return bytes;
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

    private static byte[] number(ZarrType type, JsonNode value) {
        ByteBuffer into = ByteBuffer.allocate(type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case BOOL -> into.put((byte) (real(type, value) != 0 ? 1 : 0));
            case INT8, UINT8 -> into.put((byte) whole(type, value));
            case INT16, UINT16 -> into.putShort((short) whole(type, value));
            case INT32, UINT32 -> into.putInt((int) whole(type, value));
            case INT64, UINT64 -> into.putLong(whole(type, value));
            case FLOAT16, FLOAT32, FLOAT64 -> putReal(type, value, into);
            case TEXT, ROW -> throw new IllegalArgumentException("texts and rows are no numbers");
        }
        return into.array();
    }

    private static long whole(ZarrType type, JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean() ? 1 : 0;
        }
        double real = real(type, value);
        if (real != Math.rint(real) || Double.isInfinite(real)) {
            throw unfit(value, type.word());
        }
        BigInteger whole = value.isIntegralNumber() ? value.bigIntegerValue() : new BigDecimal(real).toBigInteger();
        boolean signed =
                switch (type) {
                    case INT8, INT16, INT32, INT64 -> true;
                    default -> false;
                };
        if (whole.bitLength() > Byte.SIZE * type.bytes() - (signed ? 1 : 0) || !signed && whole.signum() < 0) {
            throw unfit(value, type.word());
        }
        return whole.longValue();
    }

    private static void putReal(ZarrType type, JsonNode value, ByteBuffer into) {
        String text = value.asString("");
        if (value.isString() && text.startsWith("0x")) {
            putBits(type, value, text.substring(2), into);
            return;
        }
        double real = real(type, value);
        switch (type) {
            case FLOAT16 -> into.putShort(Float.floatToFloat16((float) real));
            case FLOAT32 -> into.putFloat((float) real);
            default -> into.putDouble(real);
        }
    }

    /// Version 3 may write the bits of a number, the highest digit first.
    private static void putBits(ZarrType type, JsonNode value, String digits, ByteBuffer into) {
        boolean hexadecimal = digits.chars().allMatch(digit -> Character.digit(digit, 16) >= 0);
        if (digits.length() != 2 * type.bytes() || !hexadecimal) {
            throw unfit(value, type.word());
        }
        long bits = Long.parseUnsignedLong(digits, 16);
        switch (type) {
            case FLOAT16 -> into.putShort((short) bits);
            case FLOAT32 -> into.putInt((int) bits);
            default -> into.putLong(bits);
        }
    }

    private static double real(ZarrType type, JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean() ? 1 : 0;
        }
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue().doubleValue();
        }
        if (value.isNumber()) {
            return value.doubleValue();
        }
        return switch (value.asString("")) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw unfit(value, type.word());
        };
    }

    private static Malformed unfit(JsonNode value, String type) {
        return new Malformed("its fill value is %s, which is no value of %s".formatted(Shown.of(value), type));
    }
}
