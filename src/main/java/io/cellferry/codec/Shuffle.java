package io.cellferry.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Undoes the shuffling of bytes: all first bytes of the elements, then all second bytes and so on. Bytes after the
/// last whole element stay where they are.
public final class Shuffle implements Decoder {

    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] ZEROS = new byte[1024];

    private final int elementBytes;

    public Shuffle(int elementBytes) {
        this.elementBytes = Math.max(1, elementBytes);
    }

    @Override
    public int decode(byte[] in, int start, int count, byte[] out, int room) {
        Sizes.check(count, room, "shuffled");
        int elements = count / elementBytes;
        switch (elementBytes) {
            case 1 -> System.arraycopy(in, start, out, 0, count);
            case 4 -> four(in, start, out, elements);
            case 8 -> eight(in, start, out, elements);
            default -> any(in, start, elements, elementBytes, out, 0);
        }
        int whole = elements * elementBytes;
        System.arraycopy(in, start + whole, out, whole, count - whole);
        return count;
    }

    /// Counts as float32 have two planes of zeros as long as none is above 255: those need not be fetched.
    private static void four(byte[] in, int start, byte[] out, int elements) {
        int third = start + 2 * elements;
        int fourth = third + elements;
        if (areZero(in, start, 2 * elements)) {
            for (int index = 0; index < elements; index++) {
                int high = (in[third + index] & 0xff) << 16 | in[fourth + index] << 24;
                FOUR.set(out, index * Integer.BYTES, high);
            }
            return;
        }
        int second = start + elements;
        for (int index = 0; index < elements; index++) {
            int low = in[start + index] & 0xff | (in[second + index] & 0xff) << 8;
            FOUR.set(out, index * Integer.BYTES, low | (in[third + index] & 0xff) << 16 | in[fourth + index] << 24);
        }
    }

    /// Positions of rows and columns are far below 2^32, those of columns often below 2^16.
    private static void eight(byte[] in, int start, byte[] out, int elements) {
        int second = start + elements;
        int third = second + elements;
        int fourth = third + elements;
        if (!areZero(in, fourth + elements, 4 * elements)) {
            allEight(in, start, out, elements);
        } else if (areZero(in, third, 2 * elements)) {
            for (int index = 0; index < elements; index++) {
                long low = in[start + index] & 0xff | (in[second + index] & 0xff) << 8;
                EIGHT.set(out, index * Long.BYTES, low);
            }
        } else {
            for (int index = 0; index < elements; index++) {
                int low = in[start + index] & 0xff | (in[second + index] & 0xff) << 8;
                int high = (in[third + index] & 0xff) << 16 | in[fourth + index] << 24;
                EIGHT.set(out, index * Long.BYTES, (low | high) & 0xffff_ffffL);
            }
        }
    }

    private static void allEight(byte[] in, int start, byte[] out, int elements) {
        for (int index = 0; index < elements; index++) {
            int from = start + index;
            long element = 0;
            for (int plane = 0; plane < Long.BYTES; plane++) {
                element |= (in[from + plane * elements] & 0xffL) << plane * Byte.SIZE;
            }
            EIGHT.set(out, index * Long.BYTES, element);
        }
    }

    private static boolean areZero(byte[] in, int from, int count) {
        for (int done = 0; done < count; done += ZEROS.length) {
            int now = Math.min(ZEROS.length, count - done);
            if (!Arrays.equals(in, from + done, from + done + now, ZEROS, 0, now)) {
                return false;
            }
        }
        return true;
    }

    static void any(byte[] in, int inAt, int elements, int elementBytes, byte[] out, int outAt) {
        for (int plane = 0; plane < elementBytes; plane++) {
            int from = inAt + plane * elements;
            int to = outAt + plane;
            for (int index = 0; index < elements; index++) {
                out[to] = in[from + index];
                to += elementBytes;
            }
        }
    }
}
