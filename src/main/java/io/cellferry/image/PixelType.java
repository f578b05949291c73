package io.cellferry.image;

/// How one pixel of one channel is stored.
public enum PixelType {
    UINT8("uint8", 1),
    INT8("int8", 1),
    UINT16("uint16", 2),
    INT16("int16", 2),
    UINT32("uint32", 4),
    INT32("int32", 4),
    FLOAT32("float32", 4),
    FLOAT64("float64", 8);

    private final String word;
    private final int bytes;

    PixelType(String word, int bytes) {
        this.word = word;
        this.bytes = bytes;
    }

    /// The name people and array formats use, such as `uint16`.
    public String word() {
        return word;
    }

    /// Bytes of one pixel.
    public int bytes() {
        return bytes;
    }
}
