package io.cellferry.dataset.hdf5.filter;

import io.cellferry.codec.Malformed;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// A zlib stream read forward. Once its last byte is read, its checksum and its end are checked.
final class InflatedBytes implements ChunkStream.ForwardBytes {

    private static final int PIECE_BYTES = 64 << 10;

    private final ChunkStream.Stored stored;
    private final long storedBytes;
    private final long size;
    private final Inflater inflater = new Inflater();
    private final byte[] input = new byte[PIECE_BYTES];
    private final byte[] skipped = new byte[PIECE_BYTES];
    private long fed;
    private long position;

    InflatedBytes(ChunkStream.Stored stored, long storedBytes, long size) {
        this.stored = stored;
        this.storedBytes = storedBytes;
        this.size = size;
    }

    @Override
    public void read(long from, byte[] into, int count) {
        if (from < position) {
            inflater.reset();
            fed = 0;
            position = 0;
        }
        while (position < from) {
            inflate(skipped, 0, (int) Math.min(skipped.length, from - position));
        }
        inflate(into, 0, count);
        if (position == size) {
            checkEnd();
        }
    }

    private void inflate(byte[] into, int at, int count) {
        for (int made = 0; made < count; ) {
            int now = step(into, at + made, count - made);
            if (now == 0 && inflater.finished()) {
                throw new Malformed("a gzip stream ends after %,d of %,d bytes".formatted(position, size));
            }
            made += now;
            position += now;
        }
    }

    private void checkEnd() {
        while (!inflater.finished()) {
            if (step(skipped, 0, 1) > 0) {
                throw new Malformed("a gzip stream holds more than the %,d bytes of its chunk".formatted(size));
            }
        }
    }

    private int step(byte[] into, int at, int count) {
        try {
            if (inflater.needsDictionary()) {
                throw new Malformed("a gzip stream needs a dictionary");
            }
            if (inflater.needsInput() && !inflater.finished()) {
                int now = (int) Math.min(input.length, storedBytes - fed);
                if (now == 0) {
                    throw new Malformed("a gzip stream is cut off after %,d of %,d bytes".formatted(position, size));
                }
                stored.read(fed, input, now);
                fed += now;
                inflater.setInput(input, 0, now);
            }
            return inflater.inflate(into, at, count);
        } catch (DataFormatException e) {
            throw new Malformed("a gzip stream is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
