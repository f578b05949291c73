package io.cellferry.dataset.tiledb.filter;

import io.cellferry.codec.Malformed;
import io.cellferry.codec.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads little-endian fields one after the other; what would lie beyond the end is [Malformed]. The bytes are lent.
public final class ByteReader {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int at;

    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public ByteReader(byte[] bytes, int from, int count) {
        this.bytes = bytes;
        this.at = from;
        this.end = from + count;
    }

    /// The array that is read, from [#position] on.
    byte[] array() {
        return bytes;
    }

    public int position() {
        return at;
    }

    public int remaining() {
        return end - at;
    }

    public int unsignedByte() {
        return bytes[step(1)] & 255;
    }

    public boolean flag() {
        int value = unsignedByte();
        if (value > 1) {
            throw new Malformed("a flag is %d, expected 0 or 1".formatted(value));
        }
        return value == 1;
    }

    public int int32() {
        return (int) INT.get(bytes, step(Integer.BYTES));
    }

    public long int64() {
        return (long) LONG.get(bytes, step(Long.BYTES));
    }

    /// A count of things that need at least `bytesEach` of the bytes that are left.
    public int count32(int bytesEach) {
        return count(Integer.toUnsignedLong(int32()), bytesEach);
    }

    /// See [#count32].
    public int count64(int bytesEach) {
        return count(int64(), bytesEach);
    }

    private int count(long count, int bytesEach) {
        if (count < 0 || count > remaining() / Math.max(1, bytesEach)) {
            throw new Malformed("%,d entries of %d bytes are announced where %,d bytes are left"
                    .formatted(count, bytesEach, remaining()));
        }
        return (int) count;
    }

    /// Steps over `count` bytes and returns where they start.
    public int step(int count) {
        if (count < 0 || count > remaining()) {
            throw new Malformed("%,d bytes are expected where %,d are left".formatted(count, remaining()));
        }
        int start = at;
        at += count;
        return start;
    }

    public byte[] copy(int count) {
        byte[] copied = new byte[count <= remaining() && count >= 0 ? count : 0];
        System.arraycopy(bytes, step(count), copied, 0, count);
        return copied;
    }

    /// A text of `count` bytes in UTF-8.
    public String text(int count) {
        return utf8(bytes, step(count), count);
    }

    public static String utf8(byte[] bytes, int from, int count) {
        return Utf8.text(bytes, from, count).orElseThrow(() -> new Malformed("a text is not UTF-8"));
    }

    static int int32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long int64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void put64(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }
}
