package io.cellferry.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Undoes the shuffling of bytes: all first bytes of the elements, then all second bytes and so on. Bytes after the
/// last whole element stay where they are.
public final class Shuffle implements Decoder {

    private static final VarHandle ELEMENT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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

    /// The size of nearly all matrices; the plain loop with four known planes is several times faster.
    private static void four(byte[] in, int start, byte[] out, int elements) {
        int second = start + elements;
        int third = second + elements;
        int fourth = third + elements;
        for (int index = 0; index < elements; index++) {
            int to = 4 * index;
            out[to] = in[start + index];
            out[to + 1] = in[second + index];
            out[to + 2] = in[third + index];
            out[to + 3] = in[fourth + index];
        }
    }

    private static void eight(byte[] in, int start, byte[] out, int elements) {
        for (int index = 0; index < elements; index++) {
            int from = start + index;
            long element = 0;
            for (int plane = 0; plane < Long.BYTES; plane++) {
                element |= (in[from + plane * elements] & 0xffL) << plane * Byte.SIZE;
            }
            ELEMENT.set(out, index * Long.BYTES, element);
        }
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
