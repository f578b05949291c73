package io.cellferry.codec;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdDecompressor;

/// One zstd frame.
public final class ZstdDecoder implements Decoder {

    private final ZstdDecompressor decompressor = ZstdDecompressor.create();

    @Override
    public int decode(byte[] in, int start, int count, byte[] out, int room) {
        return frame(decompressor, in, start, count, out, 0, room);
    }

    public static int frame(
            ZstdDecompressor decompressor, byte[] in, int from, int count, byte[] out, int to, int room) {
        try {
            return decompressor.decompress(in, from, count, out, to, room);
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Malformed("a zstd frame is damaged or too large: " + e.getMessage(), e);
        }
    }
}
