package io.cellferry.image.ometiff;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Turns big-endian numbers into little-endian ones, in place.
final class ByteSwap {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ByteSwap() {}

    /// Swaps numbers of `width` bytes in `bytes[0, count)`.
    static void swap(byte[] bytes, int count, int width) {
        switch (width) {
            case 2 -> {
                for (int at = 0; at <= count - 2; at += 2) {
                    SHORTS.set(bytes, at, Short.reverseBytes((short) SHORTS.get(bytes, at)));
                }
            }
            case 4 -> {
                for (int at = 0; at <= count - 4; at += 4) {
                    INTS.set(bytes, at, Integer.reverseBytes((int) INTS.get(bytes, at)));
                }
            }
            case 8 -> {
                for (int at = 0; at <= count - 8; at += 8) {
                    LONGS.set(bytes, at, Long.reverseBytes((long) LONGS.get(bytes, at)));
                }
            }
            default -> {}
        }
    }
}
