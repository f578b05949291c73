package io.cellferry.codec;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.deflate.DeflateDecompressor;
import io.airlift.compress.v3.deflate.DeflateNativeDecompressor;
import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// A zlib stream: two header bytes, a deflate stream, the Adler-32 of what it holds.
///
/// libdeflate, where it can be loaded, is about twice as fast as the JDK's inflater but says little about what is
/// wrong. So it has the first try, its first chunk is compared with the JDK's, and whatever it does not decode to a
/// matching checksum goes to the JDK, whose answer counts.
public final class ZlibDecoder implements Decoder {

    private static final int COMPARED_BYTES = 1 << 14;

    private final Inflater inflater = new Inflater();
    private final Adler32 checksum = new Adler32();
    private final byte[] spare = new byte[1];
    private @Nullable DeflateDecompressor fast =
            DeflateNativeDecompressor.isEnabled() ? DeflateDecompressor.create() : null;
    private boolean compared;

    @Override
    public int decode(byte[] in, int start, int count, byte[] out, int room) {
        int made = fast == null ? -1 : decodeFast(fast, in, start, count, out, room);
        if (made < 0) {
            return decodeSlowly(in, start, count, out, room);
        }
        if (!compared) {
            compared = true;
            if (!isMadeSlowly(in, start, count, out, made)) {
                fast = null;
                return decodeSlowly(in, start, count, out, room);
            }
        }
        return made;
    }

    /// Whether the JDK makes `out[0, made)` too. Compared piece by piece, as a chunk may take a good part of the
    /// memory.
    private boolean isMadeSlowly(byte[] in, int start, int count, byte[] out, int made) {
        byte[] piece = new byte[COMPARED_BYTES];
        inflater.reset();
        inflater.setInput(in, start, count);
        try {
            int at = 0;
            while (!inflater.finished()) {
                int now = inflater.inflate(piece);
                boolean isStuck = now == 0 && (inflater.needsInput() || inflater.needsDictionary());
                if (isStuck && !inflater.finished()
                        || now > made - at
                        || !Arrays.equals(out, at, at + now, piece, 0, now)) {
                    return false;
                }
                at += now;
            }
            return at == made;
        } catch (DataFormatException e) {
            return false;
        }
    }

    /// -1 when anything at all is unusual.
    private int decodeFast(DeflateDecompressor decompressor, byte[] in, int start, int count, byte[] out, int room) {
        if (count < 7) {
            return -1;
        }
        int method = in[start] & 255;
        int flags = in[start + 1] & 255;
        if ((method & 15) != 8 || (method << 8 | flags) % 31 != 0 || (flags & 0x20) != 0) {
            return -1;
        }
        try {
            int made = decompressor.decompress(in, start + 2, count - 6, out, 0, room);
            checksum.reset();
            checksum.update(out, 0, made);
            return (int) checksum.getValue() == Sizes.bigEndian(in, start + count - 4, start + count) ? made : -1;
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException unusual) {
            return -1;
        }
    }

    private int decodeSlowly(byte[] in, int start, int count, byte[] out, int room) {
        inflater.reset();
        inflater.setInput(in, start, count);
        try {
            int made = 0;
            while (!inflater.finished()) {
                boolean full = made == room;
                int now = full ? inflater.inflate(spare, 0, 1) : inflater.inflate(out, made, room - made);
                if (full && now > 0) {
                    throw new Malformed("a zlib stream holds more than the %,d bytes of its chunk".formatted(room));
                }
                if (now == 0 && !inflater.finished() && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new Malformed("a zlib stream ends after %,d of %,d bytes".formatted(made, room));
                }
                made += now;
            }
            return made;
        } catch (DataFormatException e) {
            throw new Malformed("a zlib stream is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
