package io.cellferry.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/// One bzip2 stream.
public final class Bzip2Decoder implements Decoder {

    @Override
    public int decode(byte[] in, int start, int count, byte[] out, int room) {
        try (BZip2CompressorInputStream stream =
                new BZip2CompressorInputStream(new ByteArrayInputStream(in, start, count))) {
            int made = stream.readNBytes(out, 0, room);
            if (stream.read() >= 0) {
                throw new Malformed("a bzip2 stream holds more than the %,d bytes of its chunk".formatted(room));
            }
            return made;
        } catch (IOException e) {
            throw new Malformed("a bzip2 stream is damaged: " + e.getMessage(), e);
        }
    }
}
