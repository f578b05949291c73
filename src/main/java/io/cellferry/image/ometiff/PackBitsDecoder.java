package io.cellferry.image.ometiff;

import io.cellferry.codec.Decoder;
import io.cellferry.codec.Malformed;
import java.util.Arrays;

/// PackBits: a count byte n, then n + 1 bytes as they are (n from 0 to 127) or one byte 1 - n times (n below 0; -128
/// does nothing).
final class PackBitsDecoder implements Decoder {

    @Override
    public int decode(byte[] in, int from, int count, byte[] out, int room) {
        int end = from + count;
        int at = from;
        int made = 0;
        while (at < end) {
            int code = in[at++];
            if (code == -128) {
                continue;
            }
            int run = code >= 0 ? code + 1 : 1 - code;
            int taken = code >= 0 ? run : 1;
            if (taken > end - at) {
                throw new Malformed("a PackBits run of %d bytes ends after %d".formatted(taken, end - at));
            }
            if (run > room - made) {
                throw new Malformed("PackBits data hold more than the %,d bytes expected".formatted(room));
            }
            if (code >= 0) {
                System.arraycopy(in, at, out, made, run);
            } else {
                Arrays.fill(out, made, made + run, in[at]);
            }
            at += taken;
            made += run;
        }
        return made;
    }
}
