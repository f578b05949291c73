package io.cellferry.cellucid;

import io.cellferry.storage.GzipMember;
import io.cellferry.storage.StagedFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;

/// Writes payloads: little-endian numbers one after the other, no header, plain or as one gzip member.
///
/// One payload at a time, any number of them one after the other; used by one thread. Holds two buffers of 64 KiB and
/// the compressor's state of about 256 KiB outside the heap until closed.
final class PayloadEncoder implements AutoCloseable {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WIDEST = 8;

    private final Optional<GzipMember> gzip;
    private final byte[] buffer = new byte[1 << 16];
    private int filled;
    private Optional<StagedFile> target = Optional.empty();

    PayloadEncoder(OptionalInt gzipLevel) {
        this.gzip = gzipLevel.isPresent()
                ? Optional.of(new GzipMember(gzipLevel.getAsInt(), ByteBuffer.allocate(1 << 16)))
                : Optional.empty();
    }

    /// Begins a payload in `file`, which stays the caller's to close.
    void begin(StagedFile file) {
        filled = 0;
        target = Optional.of(file);
        gzip.ifPresent(member -> member.begin(file::write));
    }

    void putByte(int value) {
        makeRoom();
        buffer[filled++] = (byte) value;
    }

    void putShort(int value) {
        makeRoom();
        SHORTS.set(buffer, filled, (short) value);
        filled += 2;
    }

    void putInt(int value) {
        makeRoom();
        INTS.set(buffer, filled, value);
        filled += 4;
    }

    void putFloat(float value) {
        putInt(Float.floatToRawIntBits(value));
    }

    void putDouble(double value) {
        makeRoom();
        LONGS.set(buffer, filled, Double.doubleToRawLongBits(value));
        filled += 8;
    }

    /// A code in as many bytes as its payload gives each.
    void putCode(int code, int bytes) {
        switch (bytes) {
            case 1 -> putByte(code);
            case 2 -> putShort(code);
            case 4 -> putInt(code);
            default -> throw new IllegalArgumentException("no payload has codes of %d bytes".formatted(bytes));
        }
    }

    /// Writes what is left and says that the file is complete.
    void end() {
        flush();
        StagedFile file = target.orElseThrow();
        gzip.ifPresent(GzipMember::end);
        file.finish();
        target = Optional.empty();
    }

    @Override
    public void close() {
        gzip.ifPresent(GzipMember::close);
    }

    private void makeRoom() {
        if (filled > buffer.length - WIDEST) {
            flush();
        }
    }

    private void flush() {
        StagedFile file = target.orElseThrow();
        if (gzip.isPresent()) {
            gzip.get().write(ByteBuffer.wrap(buffer, 0, filled));
        } else {
            file.write(buffer, 0, filled);
        }
        filled = 0;
    }
}
