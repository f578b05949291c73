package io.cellferry.codec;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.lz4.Lz4Decompressor;
import io.airlift.compress.v3.snappy.SnappyDecompressor;
import io.airlift.compress.v3.zstd.ZstdDecompressor;
import java.util.HashMap;
import java.util.Map;

/// A Blosc 1 container, as zarr and HDF5 filter 32001 store it.
///
/// Header of 16 bytes: version of the format (2; Blosc 2 writes higher ones, and other headers), codec version, flags
/// (1 shuffled, 2 stored plain, 4 bits shuffled, 16 not split, codec in the upper three bits), element size, decoded
/// size, block size, stored size; then the start of every block. A block is one stream, or one for each byte of an
/// element; a stream is its size and the compressed bytes, or plain ones when the size says so. Numbers are
/// little-endian.
///
/// Bits of a block are shuffled only if its elements are a multiple of eight; those of any other block lie as they are,
/// whatever the flags say.
public final class BloscDecoder implements Decoder {

    private static final int FORMAT = 2;
    private static final int HEAD = 16;
    private static final int SHUFFLED = 1;
    private static final int PLAIN = 2;
    private static final int BITS_SHUFFLED = 4;
    private static final int NOT_SPLIT = 16;
    private static final int MOST_STREAMS = 16;
    private static final int LEAST_STREAM_BYTES = 128;

    // Each is made when a container first names its codec: finding native code takes ten milliseconds, once a process.
    private final Map<Integer, StreamDecoder> decoders = new HashMap<>();
    private final ZlibDecoder zlib = new ZlibDecoder();
    private byte[] block = new byte[0];
    private byte[] stream = new byte[0];

    /// Decodes a stream into the `bytes` from `to` on; how many it became.
    @FunctionalInterface
    private interface StreamDecoder {
        int decode(byte[] in, int from, int stored, byte[] out, int to, int bytes);
    }

    @Override
    public int decode(byte[] in, int start, int count, byte[] out, int room) {
        int end = start + count;
        Sizes.checkInside(start, HEAD, end);
        if (in[start] != FORMAT) {
            throw new Malformed("a blosc container of format %d instead of %d".formatted(in[start] & 255, FORMAT));
        }
        int flags = in[start + 2] & 255;
        int elementBytes = Math.max(1, in[start + 3] & 255);
        int size = Sizes.littleEndian(in, start + 4, end);
        int blockBytes = Sizes.littleEndian(in, start + 8, end);
        Sizes.check(size, room, "decoded");
        if ((flags & PLAIN) != 0) {
            Sizes.checkInside(start + HEAD, size, end);
            System.arraycopy(in, start + HEAD, out, 0, size);
            return size;
        }
        if (blockBytes <= 0 || blockBytes > Math.max(size, 1)) {
            throw new Malformed("blosc blocks of %,d bytes in a chunk of %,d".formatted(blockBytes, size));
        }
        if (block.length < blockBytes) {
            block = new byte[blockBytes];
        }
        for (int number = 0, to = 0; to < size; number++) {
            int bytes = Math.min(blockBytes, size - to);
            int from = Sizes.littleEndian(in, start + HEAD + 4 * number, end);
            Sizes.checkInside(from, 4, count);
            boolean split = (flags & NOT_SPLIT) == 0
                    && bytes == blockBytes
                    && elementBytes <= MOST_STREAMS
                    && blockBytes / elementBytes >= LEAST_STREAM_BYTES;
            streams(in, start + from, end, flags >>> 5, bytes, split ? elementBytes : 1);
            unshuffle(flags, elementBytes, bytes, out, to);
            to += bytes;
        }
        return size;
    }

    private void streams(byte[] in, int start, int end, int codec, int bytes, int streams) {
        int from = start;
        int streamBytes = bytes / streams;
        for (int number = 0; number < streams; number++) {
            int stored = Sizes.littleEndian(in, from, end);
            from += 4;
            Sizes.checkInside(from, stored, end);
            if (stored == streamBytes) {
                System.arraycopy(in, from, block, number * streamBytes, streamBytes);
            } else {
                stream(in, from, stored, codec, number * streamBytes, streamBytes);
            }
            from += stored;
        }
    }

    private void stream(byte[] in, int from, int stored, int codec, int to, int bytes) {
        int made = decoders.computeIfAbsent(codec, this::decoder).decode(in, from, stored, block, to, bytes);
        if (made != bytes) {
            throw new Malformed("a blosc stream decodes to %,d bytes instead of %,d".formatted(made, bytes));
        }
    }

    private StreamDecoder decoder(int codec) {
        return switch (codec) {
            case 0 -> BloscLz::decode;
            case 1 -> lz4(Lz4Decompressor.create());
            case 2 -> snappy(SnappyDecompressor.create());
            case 3 -> this::zlib;
            case 4 -> zstd(ZstdDecompressor.create());
            default -> throw new Malformed("blosc codec %d".formatted(codec));
        };
    }

    private static StreamDecoder lz4(Lz4Decompressor lz4) {
        return (in, from, stored, out, to, bytes) -> {
            Lz4Block.decode(lz4, in, from, stored, out, to, bytes);
            return bytes;
        };
    }

    private static StreamDecoder zstd(ZstdDecompressor zstd) {
        return (in, from, stored, out, to, bytes) -> ZstdDecoder.frame(zstd, in, from, stored, out, to, bytes);
    }

    private static StreamDecoder snappy(SnappyDecompressor snappy) {
        return (in, from, stored, out, to, bytes) -> {
            try {
                return snappy.decompress(in, from, stored, out, to, bytes);
            } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new Malformed("a snappy block is damaged: " + e.getMessage(), e);
            }
        };
    }

    private int zlib(byte[] in, int from, int stored, byte[] out, int to, int bytes) {
        if (stream.length < bytes) {
            stream = new byte[bytes];
        }
        int made = zlib.decode(in, from, stored, stream, bytes);
        System.arraycopy(stream, 0, out, to, made);
        return made;
    }

    private void unshuffle(int flags, int elementBytes, int bytes, byte[] out, int to) {
        int elements = bytes / elementBytes;
        if ((flags & SHUFFLED) != 0 && elementBytes > 1) {
            Shuffle.any(block, 0, elements, elementBytes, out, to);
        } else if ((flags & BITS_SHUFFLED) != 0 && elements % 8 == 0) {
            BitTransposition.undo(block, 0, elements, elementBytes, out, to);
        } else {
            elements = 0;
        }
        int done = elements * elementBytes;
        System.arraycopy(block, done, out, to + done, bytes - done);
    }

    @Override
    public void close() {
        zlib.close();
    }
}
