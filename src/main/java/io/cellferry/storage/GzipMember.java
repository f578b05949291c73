package io.cellferry.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes gzip files of one member whose bytes depend on the contents, the level and the zlib build alone.
///
/// Layout (RFC 1952), all numbers little-endian:
///
/// ```
/// offset  bytes  field
///      0      2  1f 8b
///      2      1  CM 08, deflate
///      3      1  FLG 00: no name, no comment, no extra field
///      4      4  MTIME 0: no time
///      8      1  XFL 02 at level 9, 04 at level 1, else 00
///      9      1  OS ff, unknown
///     10      n  raw deflate stream
///   10+n      4  CRC-32 of the contents
///   14+n      4  bytes of the contents, modulo 2^32
/// ```
///
/// One per thread, reused for any number of files: `begin`, any number of `write`, `end`. The buffer that carries
/// compressed bytes to the sink belongs to the caller and is lent until [#close]. Close it to free native memory.
public final class GzipMember implements AutoCloseable {

    static final int HEADER_BYTES = 10;
    static final int TRAILER_BYTES = 8;

    private final int level;
    private final Deflater deflater;
    private final CRC32 checksum = new CRC32();
    private final ByteBuffer compressed;
    private ByteSink sink = NOWHERE;
    private long contentBytes;

    private static final ByteSink NOWHERE = bytes -> {
        throw new IllegalStateException("begin a member first");
    };

    /// `level` is 1 to 9; `compressed` has room for at least 64 bytes.
    public GzipMember(int level, ByteBuffer compressed) {
        if (level < 1 || level > 9) {
            throw new IllegalArgumentException("gzip level %d must be 1 to 9".formatted(level));
        }
        if (compressed.capacity() < 64) {
            throw new IllegalArgumentException("a buffer of %d bytes is too small".formatted(compressed.capacity()));
        }
        this.level = level;
        this.compressed = compressed;
        this.deflater = new Deflater(level, true);
    }

    /// Writes a whole member.
    public void writeWhole(ByteBuffer contents, ByteSink to) {
        begin(to);
        write(contents);
        end();
    }

    /// Begins a member; one that was begun and not ended is given up.
    public void begin(ByteSink to) {
        sink = to;
        deflater.reset();
        checksum.reset();
        contentBytes = 0;
        compressed.clear().order(ByteOrder.LITTLE_ENDIAN);
        compressed.put(header(level));
    }

    static byte[] header(int level) {
        byte extraFlags = (byte) (level == 9 ? 2 : level == 1 ? 4 : 0);
        return new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, extraFlags, (byte) 0xff};
    }

    /// Takes all remaining bytes.
    public void write(ByteBuffer contents) {
        requireBegun();
        contentBytes += contents.remaining();
        checksum.update(contents.duplicate());
        deflater.setInput(contents);
        while (!deflater.needsInput()) {
            deflateOnce();
        }
    }

    /// Ends the member; the sink has all of it on return.
    public void end() {
        requireBegun();
        deflater.finish();
        while (!deflater.finished()) {
            deflateOnce();
        }
        if (compressed.remaining() < TRAILER_BYTES) {
            flush();
        }
        compressed.putInt((int) checksum.getValue()).putInt((int) contentBytes);
        flush();
        sink = NOWHERE;
    }

    private void deflateOnce() {
        if (!compressed.hasRemaining()) {
            flush();
        }
        deflater.deflate(compressed);
    }

    private void flush() {
        sink.write(compressed.flip());
        compressed.clear();
    }

    private void requireBegun() {
        if (sink == NOWHERE) {
            throw new IllegalStateException("begin a member first");
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
