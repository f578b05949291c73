package io.cellferry.codec;

/// Blosc's own variant of FastLZ.
///
/// A control byte below 32 introduces that many literals and one more. Otherwise its upper three bits are the length of
/// a back reference, 7 meaning that bytes follow and add up until one is not 255; the lower five bits and the next byte
/// are the distance, and when both are all ones two more bytes hold a distance beyond 8,191. The first control byte is
/// always one of literals.
final class BloscLz {

    private static final int FAR = 8191;

    private BloscLz() {}

    static int decode(byte[] in, int start, int count, byte[] out, int outAt, int room) {
        int end = start + count;
        int from = start;
        int to = outAt;
        int control = from < end ? in[from++] & 31 : 0;
        boolean more = count > 0;
        while (more) {
            if (control >= 32) {
                int length = (control >>> 5) - 1;
                int distance = (control & 31) << 8;
                int next;
                if (length == 6) {
                    do {
                        Sizes.checkInside(from, 1, end);
                        next = in[from++] & 255;
                        length += next;
                    } while (next == 255);
                }
                Sizes.checkInside(from, 1, end);
                next = in[from++] & 255;
                int source = to - distance - next;
                if (next == 255 && distance == 31 << 8) {
                    Sizes.checkInside(from, 2, end);
                    source = to - ((in[from] & 255) << 8 | in[from + 1] & 255) - FAR;
                    from += 2;
                }
                source--;
                length += 3;
                if (source < outAt) {
                    throw new Malformed("a blosclz stream refers to bytes before its start");
                }
                Sizes.check((long) to - outAt + length, room, "decoded");
                for (int index = 0; index < length; index++) {
                    out[to++] = out[source++];
                }
            } else {
                int literals = control + 1;
                Sizes.checkInside(from, literals, end);
                Sizes.check((long) to - outAt + literals, room, "decoded");
                System.arraycopy(in, from, out, to, literals);
                from += literals;
                to += literals;
            }
            more = from < end;
            if (more) {
                control = in[from++] & 255;
            }
        }
        return to - outAt;
    }
}
