package io.cellferry.omezarr;

import io.cellferry.image.PixelType;

/// Halves pixels in both directions. Rows and columns of odd count are completed by their last one, so that a level
/// has half as many, rounded up.
///
/// Pixels are little-endian in rows of `rowBytes`; `width` and `height` count the pixels that are there.
interface Halving {

    void halve(byte[] from, int at, int rowBytes, int width, int height, byte[] into, int to, int intoRowBytes);

    static Halving of(PixelType type, Downsampling downsampling) {
        return switch (type) {
            case UINT8, INT8 -> new HalvingOfBytes(downsampling, type == PixelType.UINT8);
            case UINT16, INT16 -> new HalvingOfShorts(downsampling, type == PixelType.UINT16);
            case UINT32, INT32 -> new HalvingOfInts(downsampling, type == PixelType.UINT32);
            case FLOAT32, FLOAT64 -> new HalvingOfReals(downsampling, type == PixelType.FLOAT32);
        };
    }
}
