package io.cellferry.dataset.hdf5.filter;

import io.airlift.compress.v3.lz4.Lz4Decompressor;
import io.cellferry.codec.Decoder;
import io.cellferry.codec.Lz4Block;
import io.cellferry.codec.Malformed;
import io.cellferry.codec.Sizes;

/// Filter 32004: decoded size (8 bytes, big-endian), block size (4 bytes), then blocks, each a compressed size and an
/// LZ4 block, or the bytes themselves when that would not have been smaller.
final class LzFour implements Decoder {

    private final Lz4Decompressor decompressor = Lz4Decompressor.create();

    @Override
    public int decode(byte[] in, int start, int count, byte[] out, int room) {
        int end = start + count;
        long size = (long) Sizes.bigEndian(in, start, end) << 32 | Sizes.bigEndian(in, start + 4, end) & 0xffff_ffffL;
        int block = Sizes.bigEndian(in, start + 8, end);
        Sizes.check(size, room, "decoded");
        if (block <= 0) {
            throw new Malformed("lz4 blocks of %,d bytes".formatted(block));
        }
        int from = start + 12;
        int to = 0;
        while (to < size) {
            int expected = (int) Math.min(block, size - to);
            int stored = Sizes.bigEndian(in, from, end);
            from += 4;
            Sizes.checkInside(from, stored, end);
            if (stored == expected) {
                System.arraycopy(in, from, out, to, expected);
            } else {
                Lz4Block.decode(decompressor, in, from, stored, out, to, expected);
            }
            from += stored;
            to += expected;
        }
        return to;
    }
}
