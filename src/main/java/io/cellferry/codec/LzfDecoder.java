package io.cellferry.codec;

/// LZF as h5py writes it: control bytes below 32 introduce that many literals and one more; others a back reference,
/// length in the high three bits (7: one more byte follows), distance in the rest and the next byte.
public final class LzfDecoder implements Decoder {

    @Override
    public int decode(byte[] in, int start, int count, byte[] out, int room) {
        int end = start + count;
        int from = start;
        int to = 0;
        while (from < end) {
            int control = in[from++] & 255;
            if (control < 32) {
                int literals = control + 1;
                Sizes.checkInside(from, literals, end);
                Sizes.check((long) to + literals, room, "decoded");
                System.arraycopy(in, from, out, to, literals);
                from += literals;
                to += literals;
            } else {
                int length = control >>> 5;
                if (length == 7) {
                    Sizes.checkInside(from, 1, end);
                    length += in[from++] & 255;
                }
                length += 2;
                Sizes.checkInside(from, 1, end);
                int source = to - ((control & 31) << 8) - (in[from++] & 255) - 1;
                if (source < 0) {
                    throw new Malformed("an lzf chunk refers to bytes before its start");
                }
                Sizes.check((long) to + length, room, "decoded");
                // Source and target may overlap: byte by byte.
                for (int index = 0; index < length; index++) {
                    out[to++] = out[source++];
                }
            }
        }
        return to;
    }
}
