package io.cellferry.zarr;

/// The type of an array's elements.
///
/// `word` is numpy's name and that of version 3; `code` that of version 2.
public enum ZarrType {
    BOOL("bool", "|b1", 1),
    INT8("int8", "|i1", 1),
    INT16("int16", "<i2", 2),
    INT32("int32", "<i4", 4),
    INT64("int64", "<i8", 8),
    UINT8("uint8", "|u1", 1),
    UINT16("uint16", "<u2", 2),
    UINT32("uint32", "<u4", 4),
    UINT64("uint64", "<u8", 8),
    FLOAT16("float16", "<f2", 2),
    FLOAT32("float32", "<f4", 4),
    FLOAT64("float64", "<f8", 8),
    /// UTF-8 texts of any length.
    TEXT("string", "|O", 0),
    /// Rows of fields: [RowField] says of which, and how long they are.
    ROW("structured", "|V", 0);

    private final String word;
    private final String code;
    private final int bytes;

    ZarrType(String word, String code, int bytes) {
        this.word = word;
        this.code = code;
        this.bytes = bytes;
    }

    public String word() {
        return word;
    }

    String code() {
        return code;
    }

    /// Bytes of one element; 0 for texts and rows.
    public int bytes() {
        return bytes;
    }

    /// What stands where nothing was written.
    Object fillValue() {
        return switch (this) {
            case BOOL -> false;
            case TEXT, ROW -> "";
            case FLOAT16, FLOAT32, FLOAT64 -> 0.0;
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> 0;
        };
    }
}
