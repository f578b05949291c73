package io.cellferry.image.ometiff;

import io.cellferry.codec.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// The first 8 bytes of TIFF (version 42) or 16 of BigTIFF (version 43): byte order, version, and where the first
/// directory is.
record TiffHeader(ByteOrder order, boolean isBig, long firstDirectory) {

    /// The shorter of the two.
    static final int BYTES = 8;

    private static final int CLASSIC = 42;
    private static final int BIG = 43;

    /// Empty if the file does not begin like a TIFF.
    static Optional<TiffHeader> read(TiffBytes bytes) {
        if (bytes.size() < 4) {
            return Optional.empty();
        }
        ByteBuffer start = bytes.buffer(0, 4, ByteOrder.LITTLE_ENDIAN);
        int letters = start.getShort();
        if (letters != 0x4949 && letters != 0x4D4D) {
            return Optional.empty();
        }
        ByteOrder order = letters == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        int version = start.order(order).getShort();
        if (version == CLASSIC) {
            int first = bytes.buffer(4, 4, order).getInt();
            return Optional.of(new TiffHeader(order, false, Integer.toUnsignedLong(first)));
        }
        if (version != BIG) {
            return Optional.empty();
        }
        ByteBuffer rest = bytes.buffer(4, 12, order);
        int offsetBytes = rest.getShort();
        int zero = rest.getShort();
        if (offsetBytes != 8 || zero != 0) {
            throw new Malformed("a BigTIFF header with offsets of %d bytes and a pad of %d was expected to say 8 and 0"
                    .formatted(offsetBytes, zero));
        }
        return Optional.of(new TiffHeader(order, true, rest.getLong()));
    }
}
