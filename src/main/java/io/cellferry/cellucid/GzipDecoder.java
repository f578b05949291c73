package io.cellferry.cellucid;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Reads exactly one gzip member and nothing else: header, data, checksum, length, end of file.
///
/// A header with a name or a time is fine, as readers take it. Holds 64 KiB and zlib's state.
final class GzipDecoder implements AutoCloseable {

    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int end;
    private boolean finished;

    GzipDecoder(InputStream in) throws IOException {
        this.in = in;
        readHeader();
    }

    /// Fills `into` from `from`; gives how many bytes were left, at most `count`, and 0 at the end.
    int read(byte[] into, int from, int count) throws IOException {
        int done = 0;
        while (done < count && !finished) {
            done += inflate(into, from + done, count - done);
        }
        return done;
    }

    private int inflate(byte[] into, int from, int count) throws IOException {
        try {
            int inflated = inflater.inflate(into, from, count);
            crc.update(into, from, inflated);
            if (inflater.finished()) {
                next = end - inflater.getRemaining();
                finished = true;
                readTrailer();
            } else if (inflated == 0) {
                if (inflater.needsDictionary()) {
                    throw new MalformedPayload("the compressed data wants a dictionary");
                }
                refill();
                inflater.setInput(buffer, next, end - next);
            }
            return inflated;
        } catch (DataFormatException e) {
            throw new MalformedPayload("the compressed data is damaged", e);
        }
    }

    private void readHeader() throws IOException {
        if (nextByte() != 0x1f || nextByte() != 0x8b || nextByte() != 8) {
            throw new MalformedPayload("it does not begin like a gzip file");
        }
        int flags = nextByte();
        for (int skipped = 0; skipped < 6; skipped++) {
            nextByte();
        }
        if ((flags & RESERVED) != 0) {
            throw new MalformedPayload("its gzip header has unknown flags");
        }
        if ((flags & EXTRA) != 0) {
            int length = nextByte() | nextByte() << 8;
            for (int skipped = 0; skipped < length; skipped++) {
                nextByte();
            }
        }
        skipText((flags & NAME) != 0);
        skipText((flags & COMMENT) != 0);
        if ((flags & HEADER_CRC) != 0) {
            nextByte();
            nextByte();
        }
        inflater.setInput(buffer, next, end - next);
    }

    private void skipText(boolean there) throws IOException {
        boolean more = there;
        while (more) {
            more = nextByte() != 0;
        }
    }

    private void readTrailer() throws IOException {
        long storedCrc = nextInt();
        long storedLength = nextInt();
        if (storedCrc != crc.getValue()) {
            throw new MalformedPayload("its checksum is wrong");
        }
        if (storedLength != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw new MalformedPayload("its stated length is wrong");
        }
        if (next < end || in.read() >= 0) {
            throw new MalformedPayload("something follows the one gzip member viewers accept");
        }
    }

    private long nextInt() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= (long) nextByte() << shift;
        }
        return value;
    }

    private int nextByte() throws IOException {
        if (next == end) {
            refill();
        }
        return buffer[next++] & 0xff;
    }

    private void refill() throws IOException {
        next = 0;
        end = in.readNBytes(buffer, 0, buffer.length);
        if (end == 0) {
            throw new MalformedPayload("it ends before its gzip member does");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
