package io.cellferry.hvg;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Reads what [CheckedWriter] wrote, in large pieces; an early end is an [EOFException].
///
/// Used by one thread for one state; 64 KiB. May read on in the stream beyond what is asked for.
final class CheckedReader {

    private static final int PIECE_BYTES = 1 << 16;

    private final InputStream in;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES).limit(0);
    private int summed;

    CheckedReader(InputStream in) {
        this.in = in;
    }

    int readInt() throws IOException {
        demand(Integer.BYTES);
        return piece.getInt();
    }

    long readLong() throws IOException {
        demand(Long.BYTES);
        return piece.getLong();
    }

    double readDouble() throws IOException {
        return Double.longBitsToDouble(readLong());
    }

    void readLongs(long[] numbers) throws IOException {
        for (int from = 0; from < numbers.length; ) {
            demand(Long.BYTES);
            int now = Math.min(numbers.length - from, piece.remaining() / Long.BYTES);
            piece.asLongBuffer().get(numbers, from, now);
            piece.position(piece.position() + now * Long.BYTES);
            from += now;
        }
    }

    void readInts(int[] numbers) throws IOException {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = readInt();
        }
    }

    /// Whether the checksum that comes next is that of all bytes before it.
    boolean checksumFits() throws IOException {
        sum();
        long expected = crc.getValue();
        return readLong() == expected;
    }

    private void demand(int bytes) throws IOException {
        if (piece.remaining() < bytes) {
            sum();
            piece.compact();
            while (piece.position() < bytes) {
                int read = in.read(piece.array(), piece.position(), piece.remaining());
                if (read < 0) {
                    throw new EOFException();
                }
                piece.position(piece.position() + read);
            }
            piece.flip();
            summed = 0;
        }
    }

    private void sum() {
        crc.update(piece.array(), summed, piece.position() - summed);
        summed = piece.position();
    }
}
