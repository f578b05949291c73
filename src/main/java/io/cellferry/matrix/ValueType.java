package io.cellferry.matrix;

/// How the bits of stored values are to be read. Narrower stored types are widened without loss by the
/// reader: float16 to `FLOAT32`; booleans and integers of 8 and 16 bits to `INT32`.
public enum ValueType {
    FLOAT32(4),
    INT32(4),
    UINT32(4),
    FLOAT64(8),
    INT64(8),
    UINT64(8);

    private final int bytes;

    ValueType(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes of one value.
    public int bytes() {
        return bytes;
    }
}
