package io.cellferry.dataset.hdf5.filter;

import io.cellferry.dataset.hdf5.bytes.Malformed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/// Filter 307: one bzip2 stream.
final class BzipTwo implements Codec {

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
