package io.cellferry.dataset.anndatazarr;

import io.cellferry.matrix.ValueBuffer;
import io.cellferry.zarr.ZarrType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Turns decoded elements into values as they are delivered, without loss.
final class Widening {

    private Widening() {}

    /// `count` elements of `type` from byte `at` of `bytes` on, `stride` bytes apart, to every `step`th place of `into`
    /// from `to` on.
    static void copy(ZarrType type, byte[] bytes, int at, int stride, int count, ValueBuffer into, int to, int step) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean dense = stride == type.bytes() && step == 1;
        switch (type) {
            case INT32, UINT32, FLOAT32 -> {
                if (dense) {
                    in.position(at)
                            .slice()
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asIntBuffer()
                            .get(into.four(), to, count);
                } else {
                    for (int i = 0; i < count; i++) {
                        into.four()[to + i * step] = in.getInt(at + i * stride);
                    }
                }
            }
            case INT64, UINT64, FLOAT64 -> {
                if (dense) {
                    in.position(at)
                            .slice()
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asLongBuffer()
                            .get(into.eight(), to, count);
                } else {
                    for (int i = 0; i < count; i++) {
                        into.eight()[to + i * step] = in.getLong(at + i * stride);
                    }
                }
            }
            case BOOL -> {
                for (int i = 0; i < count; i++) {
                    into.four()[to + i * step] = bytes[at + i * stride] == 0 ? 0 : 1;
                }
            }
            case INT8 -> {
                for (int i = 0; i < count; i++) {
                    into.four()[to + i * step] = bytes[at + i * stride];
                }
            }
            case UINT8 -> {
                for (int i = 0; i < count; i++) {
                    into.four()[to + i * step] = bytes[at + i * stride] & 255;
                }
            }
            case INT16 -> {
                for (int i = 0; i < count; i++) {
                    into.four()[to + i * step] = in.getShort(at + i * stride);
                }
            }
            case UINT16 -> {
                for (int i = 0; i < count; i++) {
                    into.four()[to + i * step] = Short.toUnsignedInt(in.getShort(at + i * stride));
                }
            }
            case FLOAT16 -> {
                for (int i = 0; i < count; i++) {
                    float value = Float.float16ToFloat(in.getShort(at + i * stride));
                    into.four()[to + i * step] = Float.floatToRawIntBits(value);
                }
            }
            case TEXT, ROW -> throw new IllegalArgumentException("texts and rows are no numbers");
        }
    }
}
