package io.cellferry.hvg;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Big-endian numbers and checksums of everything before them, written in large pieces.
///
/// Used by one thread for one state; 64 KiB.
final class CheckedWriter {

    private static final int PIECE_BYTES = 1 << 16;

    private final OutputStream out;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    private int summed;

    CheckedWriter(OutputStream out) {
        this.out = out;
    }

    void writeInt(int number) throws IOException {
        room(Integer.BYTES);
        piece.putInt(number);
    }

    void writeLong(long number) throws IOException {
        room(Long.BYTES);
        piece.putLong(number);
    }

    void writeDouble(double number) throws IOException {
        writeLong(Double.doubleToLongBits(number));
    }

    void writeLongs(long[] numbers) throws IOException {
        for (int from = 0; from < numbers.length; ) {
            room(Long.BYTES);
            int now = Math.min(numbers.length - from, piece.remaining() / Long.BYTES);
            piece.asLongBuffer().put(numbers, from, now);
            piece.position(piece.position() + now * Long.BYTES);
            from += now;
        }
    }

    void writeInts(int[] numbers) throws IOException {
        for (int number : numbers) {
            writeInt(number);
        }
    }

    /// CRC-32C of all bytes so far.
    void writeChecksum() throws IOException {
        sum();
        writeLong(crc.getValue());
    }

    /// Hands over what was written; nothing is owed to the stream afterwards.
    void flush() throws IOException {
        sum();
        out.write(piece.array(), 0, piece.position());
        piece.clear();
        summed = 0;
    }

    private void room(int bytes) throws IOException {
        if (piece.remaining() < bytes) {
            flush();
        }
    }

    private void sum() {
        crc.update(piece.array(), summed, piece.position() - summed);
        summed = piece.position();
    }
}
