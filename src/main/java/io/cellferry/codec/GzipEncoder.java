package io.cellferry.codec;

import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// One gzip member whose header names neither time nor system, so that equal bytes give equal members.
public final class GzipEncoder implements Encoder {

    private static final byte[] HEADER = {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, (byte) 255};
    private static final int TRAILER = 8;

    private final Deflater deflater;
    private final CRC32 checksum = new CRC32();

    /// `level` from 1 (fast) to 9 (small).
    public GzipEncoder(int level) {
        this.deflater = new Deflater(level, true);
    }

    /// Deflate stores what it cannot shrink in blocks of up to 16 KiB with five bytes each.
    @Override
    public int mostBytes(int count) {
        return Math.addExact(count, (count >>> 12) * 5 + 64);
    }

    @Override
    public int encode(byte[] in, int from, int count, byte[] out, int at) {
        System.arraycopy(HEADER, 0, out, at, HEADER.length);
        deflater.reset();
        deflater.setInput(in, from, count);
        deflater.finish();
        int end = at + HEADER.length;
        while (!deflater.finished()) {
            int now = deflater.deflate(out, end, out.length - TRAILER - end);
            if (now == 0 && !deflater.finished()) {
                throw new IllegalArgumentException(
                        "no room to encode %,d bytes in %,d".formatted(count, out.length - at));
            }
            end += now;
        }
        checksum.reset();
        checksum.update(in, from, count);
        LittleEndian.putInt(out, end, (int) checksum.getValue());
        LittleEndian.putInt(out, end + 4, count);
        return end + TRAILER - at;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
