package io.cellferry.zarr;

import io.cellferry.codec.Decoder;
import io.cellferry.codec.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// What the codecs of one array of version 3 come to: turned axes, byte order, and what undoes the compression, last
/// codec first.
///
/// Codecs come in this order: any that turn axes, one that makes bytes of elements, any that make bytes of bytes. What
/// is not read here is added to `unread`, and then nothing more is asked of the chain.
final class CodecChain {

    private final int dimensions;
    private final List<String> unread;
    private final List<Supplier<Decoder>> decoders = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private boolean transposed;
    private boolean bigEndian;
    private boolean texts;
    private boolean bytes;

    CodecChain(JsonNode codecs, int dimensions, List<String> unread) {
        this.dimensions = dimensions;
        this.unread = unread;
        if (!codecs.isArray()) {
            throw malformed(codecs);
        }
        boolean known = true;
        for (JsonNode codec : codecs) {
            known &= add(codec, codecs);
        }
        if (known && !bytes) {
            throw malformed(codecs);
        }
    }

    private static Malformed malformed(JsonNode codecs) {
        return new Malformed("its codecs are %s; needed is a list of codecs, one of which makes bytes of elements"
                .formatted(Shown.of(codecs)));
    }

    /// The name of an extension: it may stand for itself where there is nothing more to say about it.
    static String name(JsonNode extension) {
        return extension.isString()
                ? extension.asString()
                : extension.path("name").asString("");
    }

    private boolean add(JsonNode codec, JsonNode codecs) {
        String name = name(codec);
        JsonNode configuration = codec.path("configuration");
        switch (name) {
            case "bytes", "vlen-utf8" -> {
                requireOrder(!bytes, codecs);
                bytes = true;
                texts = name.equals("vlen-utf8");
                bigEndian = bigEndian(configuration.path("endian"));
            }
            case "transpose" -> {
                requireOrder(!bytes, codecs);
                transpose(configuration.path("order"));
            }
            default -> {
                Optional<Supplier<Decoder>> decoder = Decoders.named(name, configuration);
                if (decoder.isEmpty()) {
                    unread.add("codec " + (name.isEmpty() ? Shown.of(codec) : name));
                    return false;
                }
                requireOrder(bytes, codecs);
                names.add(name);
                decoders.addFirst(decoder.get());
            }
        }
        return true;
    }

    /// Behind a codec that is not read, nobody knows what has become of the elements.
    private void requireOrder(boolean ordered, JsonNode codecs) {
        if (!ordered && unread.isEmpty()) {
            throw new Malformed("its codecs are in an order that cannot be: %s".formatted(Shown.of(codecs)));
        }
    }

    private static boolean bigEndian(JsonNode endian) {
        String word = endian.asString("little");
        if (!word.equals("little") && !word.equals("big")) {
            throw new Malformed("its bytes are in the order %s instead of little or big".formatted(Shown.of(endian)));
        }
        return word.equals("big");
    }

    /// Early drafts wrote `C` and `F` for the order of axes.
    private void transpose(JsonNode order) {
        boolean reversed = order.asString("").equals("F");
        boolean same = order.asString("").equals("C");
        if (order.isArray() && order.size() == dimensions) {
            reversed = true;
            same = true;
            for (int dimension = 0; dimension < dimensions; dimension++) {
                reversed &= order.path(dimension).asInt(-1) == dimensions - 1 - dimension;
                same &= order.path(dimension).asInt(-1) == dimension;
            }
        }
        if (!same && !reversed) {
            unread.add("axes turned to " + Shown.of(order));
        }
        transposed ^= reversed && !same;
    }

    boolean transposed() {
        return transposed;
    }

    boolean bigEndian() {
        return bigEndian;
    }

    /// Whether elements are texts of any length.
    boolean texts() {
        return texts;
    }

    List<Supplier<Decoder>> decoders() {
        return decoders;
    }

    /// Names of the codecs that [#decoders] undo, in the order of writing.
    List<String> names() {
        return names;
    }
}
