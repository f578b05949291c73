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
        ArrayDocuments.checkFormat(json, ZarrVersion.TWO);
        List<Long> shape = ArrayDocuments.shape(json.path("shape"));
        List<String> unread = new ArrayList<>();
        List<Supplier<Decoder>> decoders = new ArrayList<>();
        JsonNode compressor = json.path("compressor");
        if (isThere(compressor)) {
            if (!compressor.isObject()) {
                throw new Malformed("its compressor is %s".formatted(Shown.of(compressor)));
            }
            decoder("compressor", compressor, unread).ifPresent(decoders::add);
        }
        boolean texts = filters(json.path("filters"), decoders, unread);
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
                columnsFirst(json.path("order")),
                "",
                ArrayDocuments.separator(json.path("dimension_separator"), "."),
                decoders,
                Optional.empty(),
                FillBytes.of(kind, json.path("fill_value")),
                compressor.path("id").asString(""),
                unread.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", unread)));
    }

    private static boolean isThere(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    private static Optional<Supplier<Decoder>> decoder(String what, JsonNode codec, List<String> unread) {
        String id = codec.path("id").asString("");
        Optional<Supplier<Decoder>> decoder = Decoders.named(id, codec);
        if (decoder.isEmpty()) {
            unread.add(what + " " + (id.isEmpty() ? Shown.of(codec) : id));
        }
        return decoder;
    }

    /// Adds what undoes the filters, the last of them first, and says whether the first makes bytes of texts.
    private static boolean filters(JsonNode filters, List<Supplier<Decoder>> decoders, List<String> unread) {
        if (isThere(filters) && !filters.isArray()) {
            throw new Malformed("its filters are %s".formatted(Shown.of(filters)));
        }
        boolean texts = filters.path(0).path("id").asString("").equals("vlen-utf8");
        for (int filter = filters.size() - 1; filter >= (texts ? 1 : 0); filter--) {
            decoder("filter", filters.path(filter), unread).ifPresent(decoders::add);
        }
        return texts;
    }

    private static boolean columnsFirst(JsonNode order) {
        boolean columnsFirst = order.asString("").equals("F");
        if (!columnsFirst && isThere(order) && !order.asString("").equals("C")) {
            throw new Malformed("the order of its elements is %s instead of C or F".formatted(Shown.of(order)));
        }
        return columnsFirst;
    }

    static ElementKind kind(JsonNode dtype, boolean texts) {
        if (dtype.isArray()) {
            return row(dtype);
        }
        String code = dtype.asString("");
        if (texts) {
            return code.equals("|O") ? new ElementKind.Text() : new ElementKind.Other(code + " filtered as texts", 0);
        }
        if (code.equals("|O")) {
            return new ElementKind.Other("objects without a filter for texts", 0);
        }
        Matcher matcher = CODE.matcher(code);
        if (!matcher.matches()) {
            throw new Malformed("its dtype is %s".formatted(Shown.of(dtype)));
        }
        boolean bigEndian = matcher.group(1).equals(">");
        int size = Integer.parseInt(matcher.group(3));
        return switch (matcher.group(2)) {
            case "b" -> size == 1 ? new ElementKind.Number(ZarrType.BOOL, false) : new ElementKind.Other(code, size);
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
                throw new Malformed("its dtype has a field of arrays of %s".formatted(Shown.of(extents)));
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
