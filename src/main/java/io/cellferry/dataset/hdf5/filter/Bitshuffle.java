package io.cellferry.dataset.hdf5.filter;

import io.airlift.compress.v3.lz4.Lz4Decompressor;
import io.airlift.compress.v3.zstd.ZstdDecompressor;
import io.cellferry.codec.BitTransposition;
import io.cellferry.codec.Decoder;
import io.cellferry.codec.Lz4Block;
import io.cellferry.codec.Malformed;
import io.cellferry.codec.Sizes;
import io.cellferry.codec.ZstdDecoder;

/// Filter 32008: bits transposed block by block, plain or compressed with LZ4 or zstd.
///
/// Parameters: two version numbers, element size, elements of a block (0: as many as fit in 8 KiB, a multiple of
/// eight, at least 128), compression (0, 2 or 3). Compressed: decoded size (8 bytes, big-endian), block size in bytes
/// (4), then each block with its compressed size (4). Elements that do not fill a group of eight come last, as they
/// are.
final class Bitshuffle implements Decoder {

    private static final int LZ4 = 2;
    private static final int ZSTD = 3;

    private final int elementBytes;
    private final int blockElements;
    private final int compression;
    private final Lz4Decompressor lz4 = Lz4Decompressor.create();
    private final ZstdDecompressor zstd = ZstdDecompressor.create();
    private byte[] block = new byte[0];

    Bitshuffle(Filters.Filter filter) {
        this.elementBytes = Math.max(1, filter.parameter(2));
        int stored = filter.parameter(3);
        this.blockElements = stored > 0 ? stored : Math.max(128, 8192 / elementBytes / 8 * 8);
        this.compression = filter.parameter(4);
    }

    static boolean isSupported(Filters.Filter filter) {
        int compression = filter.parameter(4);
        return compression == 0 || compression == LZ4 || compression == ZSTD;
    }

    @Override
    public int decode(byte[] in, int start, int count, byte[] out, int room) {
        int end = start + count;
        if (compression == 0) {
            Sizes.check(count, room, "bitshuffled");
            return blocks(in, start, end, count, blockElements, out);
        }
        long size = (long) Sizes.bigEndian(in, start, end) << 32 | Sizes.bigEndian(in, start + 4, end) & 0xffff_ffffL;
        Sizes.check(size, room, "decoded");
        int blockBytes = Sizes.bigEndian(in, start + 8, end);
        int elements = blockBytes / elementBytes;
        return blocks(in, start + 12, end, (int) size, elements, out);
    }

    private int blocks(byte[] in, int start, int end, int size, int elementsOfBlock, byte[] out) {
        if (elementsOfBlock <= 0 || elementsOfBlock % 8 != 0) {
            throw new Malformed("bitshuffle blocks of %,d elements".formatted(elementsOfBlock));
        }
        int from = start;
        int to = 0;
        int whole = size / elementBytes / 8 * 8;
        for (int done = 0; done < whole; ) {
            int elements = Math.min(elementsOfBlock, whole - done);
            int bytes = elements * elementBytes;
            if (compression == 0) {
                BitTransposition.undo(in, from, elements, elementBytes, out, to);
                from += bytes;
            } else {
                from = compressed(in, from, end, bytes);
                BitTransposition.undo(block, 0, elements, elementBytes, out, to);
            }
            to += bytes;
            done += elements;
        }
        Sizes.checkInside(from, size - to, end);
        System.arraycopy(in, from, out, to, size - to);
        return size;
    }

    /// Decompresses the block at `from` into `block` and returns where the next one starts.
    private int compressed(byte[] in, int from, int end, int bytes) {
        if (block.length < bytes) {
            block = new byte[bytes];
        }
        int stored = Sizes.bigEndian(in, from, end);
        Sizes.checkInside(from + 4, stored, end);
        if (compression == LZ4) {
            Lz4Block.decode(lz4, in, from + 4, stored, block, 0, bytes);
        } else if (ZstdDecoder.frame(zstd, in, from + 4, stored, block, 0, bytes) != bytes) {
            throw new Malformed("a bitshuffle block is too short");
        }
        return from + 4 + stored;
    }
}
