package io.cellferry.cellucid;

/// The type of category codes in one payload. The greatest code means that the cell has no category.
public enum CodeType {
    UINT8("uint8", "u8", 1, 255),
    UINT16("uint16", "u16", 2, 65_535);

    private final String type;
    private final String extension;
    private final int bytes;
    private final int missing;

    CodeType(String type, String extension, int bytes, int missing) {
        this.type = type;
        this.extension = extension;
        this.bytes = bytes;
        this.missing = missing;
    }

    String type() {
        return type;
    }

    String extension() {
        return extension;
    }

    int bytes() {
        return bytes;
    }

    int missing() {
        return missing;
    }

    static CodeType named(String type) {
        return type.equals(UINT8.type) ? UINT8 : UINT16;
    }
}
