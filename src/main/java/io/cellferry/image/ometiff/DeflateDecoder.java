package io.cellferry.image.ometiff;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.deflate.DeflateDecompressor;
import io.airlift.compress.v3.deflate.DeflateNativeDecompressor;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Deflate inside a zlib stream: two header bytes, the data, the Adler-32 of what they hold.
///
/// libdeflate, where it can be loaded, is nearly twice as fast as the JDK but says little about what is wrong. So it
/// has the first try, and whatever it does not decode to a matching checksum goes to the JDK, whose answer counts.
final class DeflateDecoder implements BlockDecoder {

    private final Inflater inflater = new Inflater();
    private final Adler32 checksum = new Adler32();
    private final byte[] spare = new byte[1];
    private final @Nullable DeflateDecompressor fast =
            DeflateNativeDecompressor.isEnabled() ? DeflateDecompressor.create() : null;

    @Override
    public int decode(byte[] in, int from, int count, byte[] out, int room) {
        int made = fast == null ? -1 : decodeFast(fast, in, from, count, out, room);
        return made >= 0 ? made : decodeSlowly(in, from, count, out, room);
    }

    /// -1 when anything at all is unusual.
    private int decodeFast(DeflateDecompressor decompressor, byte[] in, int from, int count, byte[] out, int room) {
        if (count < 7) {
            return -1;
        }
        int method = in[from] & 255;
        int flags = in[from + 1] & 255;
        if ((method & 15) != 8 || (method << 8 | flags) % 31 != 0 || (flags & 0x20) != 0) {
            return -1;
        }
        try {
            int made = decompressor.decompress(in, from + 2, count - 6, out, 0, room);
            checksum.reset();
            checksum.update(out, 0, made);
            return (int) checksum.getValue() == lastFour(in, from + count) ? made : -1;
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException unusual) {
            return -1;
        }
    }

    private static int lastFour(byte[] in, int end) {
        return in[end - 4] << 24 | (in[end - 3] & 255) << 16 | (in[end - 2] & 255) << 8 | in[end - 1] & 255;
    }

    private int decodeSlowly(byte[] in, int from, int count, byte[] out, int room) {
        inflater.reset();
        inflater.setInput(in, from, count);
        try {
            int made = 0;
            while (!inflater.finished()) {
                boolean full = made == room;
                int now = full ? inflater.inflate(spare, 0, 1) : inflater.inflate(out, made, room - made);
                if (full && now > 0) {
                    throw new Damaged("deflate data hold more than the %,d bytes expected".formatted(room));
                }
                if (now == 0 && !inflater.finished() && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new Damaged("deflate data end after %,d of %,d bytes".formatted(made, room));
                }
                made += now;
            }
            return made;
        } catch (DataFormatException e) {
            throw new Damaged("deflate data are damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
