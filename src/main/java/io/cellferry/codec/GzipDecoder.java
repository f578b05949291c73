package io.cellferry.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/// One gzip member or several. Read as a stream by the JDK, which knows every kind of header and checks every sum.
public final class GzipDecoder implements Decoder {

    private static final int BUFFER_BYTES = 64 << 10;

    @Override
    public int decode(byte[] in, int start, int count, byte[] out, int room) {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(in, start, count), BUFFER_BYTES)) {
            int made = stream.readNBytes(out, 0, room);
            if (stream.read() >= 0) {
                throw new Malformed("a gzip stream holds more than the %,d bytes of its chunk".formatted(room));
            }
            return made;
        } catch (IOException e) {
            throw new Malformed("a gzip stream is damaged: " + e.getMessage(), e);
        }
    }
}
