package io.cellferry.codec;

import io.airlift.compress.v3.lz4.Lz4Decompressor;

/// One LZ4 block behind its decoded size (4 bytes, lowest first), as numcodecs writes it.
public final class SizedLz4Decoder implements Decoder {

    private final Lz4Decompressor decompressor = Lz4Decompressor.create();

    @Override
    public int decode(byte[] in, int start, int count, byte[] out, int room) {
        int size = Sizes.littleEndian(in, start, start + count);
        Sizes.check(size, room, "decoded");
        Lz4Block.decode(decompressor, in, start + Integer.BYTES, count - Integer.BYTES, out, 0, size);
        return size;
    }
}
