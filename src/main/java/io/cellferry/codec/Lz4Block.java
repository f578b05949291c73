package io.cellferry.codec;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.lz4.Lz4Decompressor;

/// One bare LZ4 block, which does not say how many bytes it holds: whoever frames it does.
public final class Lz4Block {

    private Lz4Block() {}

    /// Decodes a block that must give exactly `expected` bytes.
    public static void decode(
            Lz4Decompressor decompressor, byte[] in, int from, int stored, byte[] out, int to, int expected) {
        try {
            int made = decompressor.decompress(in, from, stored, out, to, expected);
            if (made != expected) {
                throw new Malformed("an lz4 block decodes to %,d bytes instead of %,d".formatted(made, expected));
            }
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Malformed("an lz4 block is damaged: " + e.getMessage(), e);
        }
    }
}
