package io.cellferry.image.ometiff;

import io.cellferry.codec.Malformed;
import java.nio.ByteBuffer;

/// The start of a JPEG 2000 code stream: FF 4F, then the marker FF 51 with the sizes.
final class WaveletStream {

    private static final int START_AND_SIZE = 0xFF4FFF51;
    /// Boxes of a JP2 file before its code stream take some 100 bytes.
    private static final int MOST_BOX_BYTES = 4096;
    /// Bytes of the size marker that are read here, for one sample.
    private static final int SIZE_BYTES = 45;
    /// Writers make one tile, or some for large pictures.
    private static final long MOST_TILES = 1024;

    private static final int PACKED_MAIN = 0xFF60;
    private static final int PACKED_PART = 0xFF61;
    private static final int PART = 0xFF90;
    private static final int DATA = 0xFF93;
    private static final int END = 0xFFD9;

    private WaveletStream() {}

    /// Where the code stream begins: at once, or within the boxes of a JP2 file.
    static int start(byte[] in, int from, int count) {
        ByteBuffer bytes = ByteBuffer.wrap(in);
        int last = from + Math.min(count - SIZE_BYTES, MOST_BOX_BYTES);
        for (int at = from; at <= last; at++) {
            if (bytes.getInt(at) == START_AND_SIZE) {
                return at;
            }
        }
        throw new Malformed("JPEG 2000 data do not begin with FF 4F FF 51");
    }

    /// The height of the picture, which must have one unsigned sample of at most `sampleBytes`, `width` columns and at
    /// most `mostRows` rows.
    static int height(byte[] in, int start, int end, int width, int mostRows, int sampleBytes) {
        if (end - start < SIZE_BYTES) {
            throw new Malformed("JPEG 2000 data end within their sizes");
        }
        ByteBuffer sizes = ByteBuffer.wrap(in, start + 8, end - start - 8).slice();
        long right = unsigned(sizes, 0);
        long bottom = unsigned(sizes, 4);
        long left = unsigned(sizes, 8);
        long top = unsigned(sizes, 12);
        long tileWidth = unsigned(sizes, 16);
        long tileHeight = unsigned(sizes, 20);
        int components = Short.toUnsignedInt(sizes.getShort(32));
        int bits = (sizes.get(34) & 127) + 1;
        boolean isSigned = sizes.get(34) < 0;
        long rows = bottom - top;
        boolean isDepthFit = !isSigned && (sampleBytes == 1 ? bits <= 8 : bits <= 16);
        boolean isWhole = sizes.get(35) == 1 && sizes.get(36) == 1;
        if (right - left != width || rows < 1 || rows > mostRows || components != 1 || !isDepthFit || !isWhole) {
            throw new Malformed(
                    "JPEG 2000 data hold %d x %d pixels of %d %s samples of %d bits; %d x %d of 1 were expected"
                            .formatted(
                                    right - left,
                                    rows,
                                    components,
                                    isSigned ? "signed" : "unsigned",
                                    bits,
                                    width,
                                    mostRows));
        }
        if (tileWidth < 1 || tileHeight < 1 || (right / tileWidth + 1) * (bottom / tileHeight + 1) > MOST_TILES) {
            throw new Malformed("JPEG 2000 data are cut into tiles of %d x %d pixels".formatted(tileWidth, tileHeight));
        }
        return (int) rows;
    }

    /// Refuses what the library would never come back from, as it counts set bits without looking for an end: packet
    /// headers that are packed into markers (PPM, PPT; nobody writes them into TIFF), and FF after FF in packets,
    /// which bit stuffing rules out.
    static void refuseEndless(byte[] in, int start, int end) {
        ByteBuffer bytes = ByteBuffer.wrap(in);
        int at = start + 2;
        int part = -1;
        while (at <= end - 4) {
            int marker = Short.toUnsignedInt(bytes.getShort(at));
            if (marker == END) {
                return;
            }
            if (marker == DATA) {
                long length = part < 0 ? 0 : Integer.toUnsignedLong(bytes.getInt(part + 6));
                refuseSetBits(in, at + 2, end);
                // Only the last part may leave its length out.
                if (length == 0) {
                    return;
                }
                if (length > end - part || length < at + 2 - part) {
                    throw new Malformed(
                            "JPEG 2000 data have a part of %,d bytes where %,d are left".formatted(length, end - part));
                }
                at = part + (int) length;
                part = -1;
                continue;
            }
            if (marker == PACKED_MAIN || marker == PACKED_PART) {
                throw new Malformed(
                        "JPEG 2000 data keep packet headers in marker %04X, which is not read".formatted(marker));
            }
            if (marker == PART && at <= end - 12) {
                part = at;
            }
            at += 2 + Short.toUnsignedInt(bytes.getShort(at + 2));
        }
    }

    private static void refuseSetBits(byte[] in, int from, int end) {
        for (int at = from; at < end - 1; at++) {
            if (in[at] == -1 && in[at + 1] == -1) {
                throw new Malformed("JPEG 2000 data hold FF FF, which no packet does");
            }
        }
    }

    private static long unsigned(ByteBuffer from, int at) {
        return Integer.toUnsignedLong(from.getInt(at));
    }
}
