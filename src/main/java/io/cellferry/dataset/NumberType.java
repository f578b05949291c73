package io.cellferry.dataset;

import io.cellferry.matrix.ValueType;

/// A type of numbers as stored, and how values of it are delivered: without loss.
public enum NumberType {
    BOOL("bool", 1, ValueType.INT32),
    INT8("int8", 1, ValueType.INT32),
    INT16("int16", 2, ValueType.INT32),
    INT32("int32", 4, ValueType.INT32),
    INT64("int64", 8, ValueType.INT64),
    UINT8("uint8", 1, ValueType.INT32),
    UINT16("uint16", 2, ValueType.INT32),
    UINT32("uint32", 4, ValueType.UINT32),
    UINT64("uint64", 8, ValueType.UINT64),
    FLOAT16("float16", 2, ValueType.FLOAT32),
    FLOAT32("float32", 4, ValueType.FLOAT32),
    FLOAT64("float64", 8, ValueType.FLOAT64);

    private final String word;
    private final int bytes;
    private final ValueType delivered;

    NumberType(String word, int bytes, ValueType delivered) {
        this.word = word;
        this.bytes = bytes;
        this.delivered = delivered;
    }

    /// As numpy calls it.
    public String word() {
        return word;
    }

    /// Bytes of one stored value.
    public int bytes() {
        return bytes;
    }

    /// The type in which values arrive.
    public ValueType delivered() {
        return delivered;
    }
}
