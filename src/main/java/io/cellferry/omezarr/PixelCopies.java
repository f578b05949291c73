package io.cellferry.omezarr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Rectangles of pixels, copied as bytes.
final class PixelCopies {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PixelCopies() {}

    static void copy(byte[] from, int at, int rowBytes, int used, int rows, byte[] into, int to, int intoRowBytes) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(from, at + row * rowBytes, into, to + row * intoRowBytes, used);
        }
    }

    /// Copies to the start of `into` and makes everything else of `intoRows` rows there zero.
    static void padded(
            byte[] from, int at, int rowBytes, int used, int rows, byte[] into, int intoRowBytes, int intoRows) {
        copy(from, at, rowBytes, used, rows, into, 0, intoRowBytes);
        pad(into, intoRowBytes, intoRows, used, rows);
    }

    /// Makes everything zero beside the first `used` bytes of the first `rows` rows.
    static void pad(byte[] into, int rowBytes, int allRows, int used, int rows) {
        if (used < rowBytes) {
            for (int row = 0; row < rows; row++) {
                Arrays.fill(into, row * rowBytes + used, (row + 1) * rowBytes, (byte) 0);
            }
        }
        Arrays.fill(into, rows * rowBytes, allRows * rowBytes, (byte) 0);
    }

    /// Whether all of the first `count` bytes are zero.
    static boolean isZero(byte[] bytes, int count) {
        int at = 0;
        for (; at <= count - 512; at += 512) {
            long any = 0;
            for (int i = at; i < at + 512; i += Long.BYTES) {
                any |= (long) LONGS.get(bytes, i);
            }
            if (any != 0) {
                return false;
            }
        }
        for (; at < count; at++) {
            if (bytes[at] != 0) {
                return false;
            }
        }
        return true;
    }
}
