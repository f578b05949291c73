package io.cellferry.image.ometiff;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdDecompressor;

/// One zstd frame per block.
final class ZstdDecoder implements BlockDecoder {

    private final ZstdDecompressor decompressor = ZstdDecompressor.create();

    @Override
    public int decode(byte[] in, int from, int count, byte[] out, int room) {
        try {
            return decompressor.decompress(in, from, count, out, 0, room);
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Damaged(
                    "zstd data are damaged or hold more than the %,d bytes expected: %s"
                            .formatted(room, e.getMessage()),
                    e);
        }
    }
}
