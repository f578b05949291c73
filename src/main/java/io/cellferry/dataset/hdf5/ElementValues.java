package io.cellferry.dataset.hdf5;

import io.cellferry.dataset.chunks.Lines;
import io.cellferry.dataset.hdf5.bytes.FileBytes;
import io.cellferry.dataset.texts.TextBytes;
import io.cellferry.matrix.ValueBuffer;
import io.cellferry.matrix.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// Takes values out of the bytes of elements: whole elements, or one field of each. Used by one thread.
final class ElementValues {

    private final FileBytes bytes;
    private final StoredType type;
    private final int stride;
    private final int offset;
    private final int width;
    private final GlobalHeap heap;

    /// Values of `type` at `offset` of elements of `stride` bytes; a sub-array type gives several values an element.
    ElementValues(FileBytes bytes, StoredType type, int stride, int offset) {
        this.bytes = bytes;
        this.type = type.scalar();
        this.stride = stride;
        this.offset = offset;
        this.width = type.bytes() / this.type.bytes();
        this.heap = new GlobalHeap(bytes);
    }

    /// Values in one element.
    int width() {
        return width;
    }

    /// The numbers of `lines` in `data`; the range begins at `to`.
    void numbers(byte[] data, Lines lines, ValueBuffer into, int to) {
        lines.runs((from, apart, elements, place, placesApart) -> {
            int at = from * stride + offset;
            if (width == 1) {
                Widening.copy(type, data, at, apart * stride, elements, into, to + place, placesApart);
                return;
            }
            for (int element = 0; element < elements; element++) {
                int target = to + (place + element * placesApart) * width;
                Widening.copy(type, data, at + element * apart * stride, type.bytes(), width, into, target, 1);
            }
        });
    }

    /// The texts of `lines` in `data`, at their places in `into`.
    void texts(byte[] data, Lines lines, String[] into) {
        lines.runs((from, apart, elements, place, placesApart) -> {
            for (int element = 0; element < elements; element++) {
                int at = (from + element * apart) * stride + offset;
                int target = (place + element * placesApart) * width;
                for (int number = 0; number < width; number++) {
                    into[target + number] = text(data, at + number * type.bytes());
                }
            }
        });
    }

    private String text(byte[] data, int at) {
        int count = type.bytes();
        return switch (type.textForm()) {
            case VARIABLE -> variable(ByteBuffer.wrap(data, at, count).order(ByteOrder.LITTLE_ENDIAN));
            case ZERO_TERMINATED -> {
                int end = 0;
                while (end < count && data[at + end] != 0) {
                    end++;
                }
                yield TextBytes.decode(data, at, end);
            }
            case ZERO_PADDED -> TextBytes.decode(data, at, withoutTrailing(data, at, count, (byte) 0));
            case SPACE_PADDED -> TextBytes.decode(data, at, withoutTrailing(data, at, count, (byte) ' '));
            case NONE ->
                throw new IllegalStateException(
                        "%s is no text".formatted(type.type().name()));
        };
    }

    private static int withoutTrailing(byte[] data, int at, int count, byte padding) {
        int end = count;
        while (end > 0 && data[at + end - 1] == padding) {
            end--;
        }
        return end;
    }

    /// Length (4 bytes), address of a collection, index in it (4 bytes); a null pointer is an empty text.
    private String variable(ByteBuffer element) {
        long length = Integer.toUnsignedLong(element.getInt());
        long address = bytes.address(element);
        int index = element.getInt();
        if (length == 0 || address == 0 || address == FileBytes.NOWHERE) {
            return "";
        }
        return heap.text(address, index, length);
    }

    /// Numbers as integers; false when one of them has a fraction or does not fit.
    static boolean wholes(StoredType type, byte[] data, long[] into) {
        Optional<ValueType> delivered = type.valueType();
        if (delivered.isEmpty()) {
            return false;
        }
        ValueBuffer values = new ValueBuffer(delivered.get(), into.length);
        Widening.copy(type, data, 0, type.bytes(), into.length, values, 0, 1);
        return values.asWholes(into.length, into, 0) < 0;
    }
}
