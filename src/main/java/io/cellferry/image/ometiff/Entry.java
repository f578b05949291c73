package io.cellferry.image.ometiff;

/// One entry of a directory: how its values are stored and where. `kept` are the bytes of values that lie in the entry
/// itself, at most 8; never compared.
record Entry(int type, long count, long offset, byte[] kept) {

    static final int RATIONAL = 5;

    /// Bytes of one value of a type; 0 for types that are not known.
    static int width(int type) {
        return switch (type) {
            case 1, 2, 6, 7 -> 1;
            case 3, 8 -> 2;
            case 4, 9, 11, 13 -> 4;
            case 5, 10, 12, 16, 17, 18 -> 8;
            default -> 0;
        };
    }

    /// Bytes of one value if it is a whole number without sign (byte, short, long, IFD and their 8-byte kin), else 0.
    int wholeNumberWidth() {
        return switch (type) {
            case 1, 3, 4, 13, 16, 18 -> width(type);
            default -> 0;
        };
    }
}
