package io.cellferry.cellucid;

import io.cellferry.codec.NumberGzip;
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
/// Level 9 leaves the search to zlib; up to level 8 numbers are counted where searching finds little ([NumberGzip]).
///
/// One payload at a time, any number of them one after the other; used by one thread. Holds some 1.3 MiB, and the
/// compressors' state of about 512 KiB outside the heap until closed.
final class PayloadEncoder implements AutoCloseable {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WIDEST = 8;
    private static final int SMALLEST_LEVEL = 9;
    private static final int PIECE_BYTES = 1 << 18;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Optional<NumberGzip> numbers;
    private final Optional<GzipMember> smallest;
    private final byte[] buffer = new byte[PIECE_BYTES];
    private final byte[] compressed;
    private int filled;
    private Optional<StagedFile> target = Optional.empty();

    PayloadEncoder(OptionalInt gzipLevel) {
        boolean small = gzipLevel.isPresent() && gzipLevel.getAsInt() == SMALLEST_LEVEL;
        this.numbers =
                gzipLevel.isPresent() && !small ? Optional.of(new NumberGzip(gzipLevel.getAsInt())) : Optional.empty();
        this.smallest = small
                ? Optional.of(new GzipMember(SMALLEST_LEVEL, ByteBuffer.allocate(BUFFER_BYTES)))
                : Optional.empty();
        this.compressed = new byte[numbers.isPresent() ? NumberGzip.mostBytes(PIECE_BYTES) : 0];
    }

    /// Begins a payload of numbers of `bytes` each in `file`, which stays the caller's to close.
    void begin(StagedFile file, int bytes) {
        filled = 0;
        target = Optional.of(file);
        numbers.ifPresent(member -> file.write(compressed, 0, member.begin(bytes, compressed)));
        smallest.ifPresent(member -> member.begin(file::write));
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
        numbers.ifPresent(member -> file.write(compressed, 0, member.end(compressed)));
        smallest.ifPresent(GzipMember::end);
        file.finish();
        target = Optional.empty();
    }

    @Override
    public void close() {
        numbers.ifPresent(NumberGzip::close);
        smallest.ifPresent(GzipMember::close);
    }

    private void makeRoom() {
        if (filled > buffer.length - WIDEST) {
            flush();
        }
    }

    private void flush() {
        StagedFile file = target.orElseThrow();
        if (numbers.isPresent()) {
            file.write(compressed, 0, numbers.get().add(buffer, 0, filled, compressed));
        } else if (smallest.isPresent()) {
            smallest.get().write(ByteBuffer.wrap(buffer, 0, filled));
        } else {
            file.write(buffer, 0, filled);
        }
        filled = 0;
    }
}
