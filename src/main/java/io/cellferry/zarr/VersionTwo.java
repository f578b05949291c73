package io.cellferry.zarr;

import io.cellferry.codec.Decoder;
import io.cellferry.codec.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads `.zarray`.
final class VersionTwo {

    private static final Pattern CODE = Pattern.compile("([<>|])([a-zA-Z])([0-9]{1,9})");

    private VersionTwo() {}

    static StoredArray array(JsonNode json) {
        List<Long> shape = ArrayDocuments.shape(json.path("shape"));
        List<String> unread = new ArrayList<>();
        JsonNode filters = json.path("filters");
        boolean texts = false;
        List<Supplier<Decoder>> decoders = new ArrayList<>();
        JsonNode compressor = json.path("compressor");
        if (compressor.isObject()) {
            Decoders.named(compressor.path("id").asString(""), compressor)
                    .ifPresentOrElse(
                            decoders::add,
                            () -> unread.add(
                                    "compressor " + compressor.path("id").asString("")));
        }
        List<Supplier<Decoder>> undoing = new ArrayList<>();
        for (JsonNode filter : filters) {
            String id = filter.path("id").asString("");
            if (id.equals("vlen-utf8")) {
                texts = true;
            } else {
                Decoders.named(id, filter).ifPresentOrElse(undoing::addFirst, () -> unread.add("filter " + id));
            }
        }
        decoders.addAll(undoing);
        ElementKind kind = kind(json.path("dtype"), texts);
        if (kind instanceof ElementKind.Other other) {
            unread.add("type " + other.name());
        }
        List<Integer> chunk = ArrayDocuments.chunk(json.path("chunks"), shape.size(), kind.bytes());
        return new StoredArray(
                ZarrVersion.TWO,
                kind,
                shape,
                chunk,
                chunk,
                json.path("order").asString("C").equals("F"),
                "",
                json.path("dimension_separator").asString("."),
                decoders,
                Optional.empty(),
                FillBytes.of(kind, json.path("fill_value")),
                compressor.isObject() ? compressor.path("id").asString("") : "",
                unread.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", unread)));
    }

    static ElementKind kind(JsonNode dtype, boolean texts) {
        if (dtype.isArray()) {
            return row(dtype);
        }
        String code = dtype.asString("");
        if (texts || code.equals("|O")) {
            return texts ? new ElementKind.Text() : new ElementKind.Other("objects without a filter for texts", 0);
        }
        Matcher matcher = CODE.matcher(code);
        if (!matcher.matches()) {
            throw new Malformed("its dtype is %s".formatted(dtype));
        }
        boolean bigEndian = matcher.group(1).equals(">");
        int size = Integer.parseInt(matcher.group(3));
        return switch (matcher.group(2)) {
            case "b" -> new ElementKind.Number(ZarrType.BOOL, false);
            case "i" -> number("INT", size, bigEndian, code);
            case "u" -> number("UINT", size, bigEndian, code);
            case "f" -> number("FLOAT", size, bigEndian, code);
            case "U" -> new ElementKind.WideText(size, bigEndian);
            case "S" -> new ElementKind.ByteText(size);
            default -> new ElementKind.Other(code, size);
        };
    }

    private static ElementKind number(String family, int bytes, boolean bigEndian, String code) {
        for (ZarrType type : ZarrType.values()) {
            if (type.name().equals(family + 8L * bytes)) {
                return new ElementKind.Number(type, bigEndian);
            }
        }
        return new ElementKind.Other(code, bytes);
    }

    /// numpy takes `3` and `[3]` for the same.
    private static List<Integer> inner(JsonNode extents) {
        List<Integer> inner = new ArrayList<>();
        for (JsonNode extent : extents.isNumber() ? List.of(extents) : extents) {
            if (!extent.isIntegralNumber() || !extent.canConvertToInt() || extent.asInt() < 1) {
                throw new Malformed("its dtype has a field of arrays of %s".formatted(extents));
            }
            inner.add(extent.asInt());
        }
        return inner;
    }

    private static ElementKind row(JsonNode fields) {
        List<ElementKind.Field> found = new ArrayList<>();
        int offset = 0;
        for (JsonNode field : fields) {
            ElementKind kind = kind(field.path(1), false);
            if (kind instanceof ElementKind.Number number && number.bigEndian()) {
                kind = new ElementKind.Other("big-endian fields", kind.bytes());
            }
            ElementKind.Field one =
                    new ElementKind.Field(field.path(0).asString(""), offset, kind, inner(field.path(2)));
            found.add(one);
            offset = Math.addExact(offset, Math.multiplyExact(kind.bytes(), one.repeated()));
        }
        return found.isEmpty() ? new ElementKind.Other("rows without fields", 0) : new ElementKind.Row(found);
    }
}
