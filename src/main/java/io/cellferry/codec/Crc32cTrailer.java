package io.cellferry.codec;

import java.util.zip.CRC32C;

/// Bytes followed by their CRC32C, lowest byte first.
public final class Crc32cTrailer implements Decoder {

    private final CRC32C checksum = new CRC32C();

    @Override
    public int decode(byte[] in, int start, int count, byte[] out, int room) {
        int bytes = count - Integer.BYTES;
        Sizes.check(bytes, room, "checksummed");
        int recorded = Sizes.littleEndian(in, start + bytes, start + count);
        checksum.reset();
        checksum.update(in, start, bytes);
        if ((int) checksum.getValue() != recorded) {
            throw new Malformed(
                    "its checksum is %08x where %08x is recorded".formatted((int) checksum.getValue(), recorded));
        }
        System.arraycopy(in, start, out, 0, bytes);
        return bytes;
    }
}
