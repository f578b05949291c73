package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;

/// How numbers per cell are stored: as floats, or as codes between a column's least and greatest value.
public enum Quantization {
    NONE(0, "f32", "float32", 4),
    BITS_8(8, "u8", "uint8", 1),
    BITS_16(16, "u16", "uint16", 2);

    private final int bits;
    private final String extension;
    private final String type;
    private final int bytes;

    Quantization(int bits, String extension, String type, int bytes) {
        this.bits = bits;
        this.extension = extension;
        this.type = type;
        this.bytes = bytes;
    }

    boolean quantizes() {
        return this != NONE;
    }

    int bits() {
        return bits;
    }

    String extension() {
        return extension;
    }

    String type() {
        return type;
    }

    /// Bytes of one value in a payload.
    int bytes() {
        return bytes;
    }

    /// The greatest code of a value; the next one means that there is none.
    int maxCode() {
        return (1 << bits) - 2;
    }

    Json toJson() {
        return quantizes() ? Json.whole(bits) : Json.NOTHING;
    }
}
