package io.cellferry.codec;

/// Writes Blosc 1 containers with shuffled bytes, plane by plane and straight from numbers.
///
/// A container ([BloscDecoder] tells its layout) cuts the elements into blocks ([#BLOCK_ELEMENTS] unless told
/// otherwise) and each full block into one stream per byte of an element. Taking the planes out of `int[]` or
/// `long[]` saves the copy into bytes and the shuffle that other writers need, and a plane that is one byte
/// throughout, as the upper ones of small counts and of ascending positions are, is written without compressing
/// anything.
///
/// Always compresses in Java: the same bytes on every machine.
///
/// Memory: one block of planes, 512 KiB at the usual length, and what the compressor keeps.
public final class BloscEncoder implements Encoder {

    /// A plane of one block is as long as LZ4 looks back.
    static final int BLOCK_ELEMENTS = 1 << 16;

    private static final int HEAD = 16;
    private static final int SHUFFLED = 1;
    private static final int PLAIN = 2;
    private static final int LZ4 = 1;
    private static final int ZSTD = 4;
    /// Readers take a block for one stream when it has fewer elements.
    private static final int LEAST_SPLIT_ELEMENTS = 128;

    private static final int LEAST_BYTES = 128;

    private final int codec;
    private final int elementBytes;
    private final int longestBlock;
    private final StreamEncoder streams;
    private byte[] planes = new byte[0];

    private BloscEncoder(int codec, int elementBytes, int longestBlock, StreamEncoder streams) {
        if (elementBytes < 1 || elementBytes > Long.BYTES || longestBlock < LEAST_SPLIT_ELEMENTS) {
            throw new IllegalArgumentException(
                    "elements of %d bytes in blocks of %,d".formatted(elementBytes, longestBlock));
        }
        this.codec = codec;
        this.elementBytes = elementBytes;
        this.longestBlock = longestBlock;
        this.streams = streams;
    }

    public static BloscEncoder lz4(int elementBytes) {
        return lz4(elementBytes, BLOCK_ELEMENTS);
    }

    public static BloscEncoder zstd(int elementBytes) {
        return zstd(elementBytes, BLOCK_ELEMENTS);
    }

    /// With blocks of at most `longestBlock` elements: longer ones give zstd more to find, shorter ones are read in
    /// parts with less waste.
    public static BloscEncoder lz4(int elementBytes, int longestBlock) {
        return new BloscEncoder(LZ4, elementBytes, longestBlock, new Lz4Encoder());
    }

    public static BloscEncoder zstd(int elementBytes, int longestBlock) {
        return new BloscEncoder(ZSTD, elementBytes, longestBlock, new ZstdStream());
    }

    @Override
    public int mostBytes(int count) {
        int blockBytes = longestBlock * elementBytes;
        int blocks = Math.max(1, Math.ceilDiv(count, blockBytes));
        int whole = Math.min(count, blockBytes);
        int wholeBlock = Math.max(
                elementBytes * (Integer.BYTES + streams.room(longestBlock)), Integer.BYTES + streams.room(whole));
        return Math.addExact(HEAD, Math.multiplyExact(blocks, Integer.BYTES + wholeBlock));
    }

    /// Encodes `count` bytes, whole elements in little-endian order.
    @Override
    public int encode(byte[] in, int from, int count, byte[] out, int at) {
        if (count % elementBytes != 0) {
            throw new IllegalArgumentException("%,d bytes are no elements of %d".formatted(count, elementBytes));
        }
        BytePlanes planesOfAll =
                elementBytes == 2 ? new BytePlanes.OfPairs(in, from) : new BytePlanes.OfBytes(in, from, elementBytes);
        return container(planesOfAll, count / elementBytes, out, at);
    }

    /// Encodes `values[from, from + count)` for elements of four bytes.
    public int encode(int[] values, int from, int count, byte[] out, int at) {
        require(Integer.BYTES);
        return container(new BytePlanes.OfInts(values, from), count, out, at);
    }

    /// Encodes `values[from, from + count)` for elements of eight bytes.
    public int encode(long[] values, int from, int count, byte[] out, int at) {
        require(Long.BYTES);
        return container(new BytePlanes.OfLongs(values, from), count, out, at);
    }

    private void require(int bytes) {
        if (elementBytes != bytes) {
            throw new IllegalArgumentException("elements of %d bytes, not %d".formatted(elementBytes, bytes));
        }
    }

    private int container(BytePlanes elements, int count, byte[] out, int at) {
        int bytes = Math.multiplyExact(count, elementBytes);
        int blockElements = Math.min(count, longestBlock);
        int flags = codec << 5 | (elementBytes > 1 ? SHUFFLED : 0);
        int to = at + HEAD;
        if (bytes < LEAST_BYTES) {
            flags |= PLAIN;
            for (int element = 0; element < count; element++) {
                for (int plane = 0; plane < elementBytes; plane++) {
                    out[to++] = elements.at(element, plane);
                }
            }
        } else {
            int blocks = Math.ceilDiv(count, blockElements);
            int starts = to;
            to += blocks * Integer.BYTES;
            for (int block = 0; block < blocks; block++) {
                LittleEndian.putInt(out, starts + block * Integer.BYTES, to - at);
                int first = block * blockElements;
                to = block(elements, first, Math.min(blockElements, count - first), blockElements, out, to);
            }
        }
        out[at] = 2; // version of the container
        out[at + 1] = 1; // version of the codec
        out[at + 2] = (byte) flags;
        out[at + 3] = (byte) elementBytes;
        LittleEndian.putInt(out, at + 4, bytes);
        LittleEndian.putInt(out, at + 8, blockElements * elementBytes);
        LittleEndian.putInt(out, at + 12, to - at);
        return to - at;
    }

    /// Readers split full blocks only; the rest is one stream of planes.
    private int block(BytePlanes elements, int first, int count, int blockElements, byte[] out, int at) {
        if (planes.length < count * elementBytes) {
            planes = new byte[count * elementBytes];
        }
        if (count < blockElements || count < LEAST_SPLIT_ELEMENTS) {
            elements.all(first, count, planes, 0);
            return stream(0, count * elementBytes, out, at);
        }
        return switch (elements) {
            case BytePlanes.OfPairs pairs -> {
                pairs.all(first, count, planes, 0);
                yield stream(count, count, out, stream(0, count, out, at));
            }
            case BytePlanes.OneByOne separate -> separately(separate, first, count, out, at);
        };
    }

    private int separately(BytePlanes.OneByOne elements, int first, int count, byte[] out, int at) {
        long differing = elements.differing(first, count);
        int to = at;
        for (int plane = 0; plane < elementBytes; plane++) {
            if (codec == LZ4 && (differing >>> 8 * plane & 255) == 0) {
                int stored = Lz4Run.encode(elements.at(first, plane), count, out, to + Integer.BYTES);
                LittleEndian.putInt(out, to, stored);
                to += Integer.BYTES + stored;
            } else {
                elements.plane(first, count, plane, planes, 0);
                to = stream(0, count, out, to);
            }
        }
        return to;
    }

    /// One stream of `bytes` of the planes from `from` on, as it is unless compressing gains something.
    private int stream(int from, int bytes, byte[] out, int at) {
        int stored = streams.encode(planes, from, bytes, out, at + Integer.BYTES);
        if (stored >= bytes) {
            System.arraycopy(planes, from, out, at + Integer.BYTES, bytes);
            stored = bytes;
        }
        LittleEndian.putInt(out, at, stored);
        return at + Integer.BYTES + stored;
    }
}
