package io.cellferry.codec;

/// Undoes the transposition of bits that bitshuffle and blosc make: all lowest bits of the elements, then all second
/// bits and so on.
public final class BitTransposition {

    private BitTransposition() {}

    /// Restores `elements` elements, a multiple of eight. Row `8 x byte + bit` of the input holds that bit of every
    /// element, eight elements a byte, the first in the lowest bit.
    public static void undo(byte[] in, int inAt, int elements, int elementBytes, byte[] out, int outAt) {
        int rowBytes = elements / 8;
        for (int plane = 0; plane < elementBytes; plane++) {
            int rows = inAt + plane * elements;
            for (int group = 0; group < rowBytes; group++) {
                long square = 0;
                for (int bit = 0; bit < 8; bit++) {
                    square |= (in[rows + bit * rowBytes + group] & 255L) << (8 * bit);
                }
                square = transposed(square);
                int to = outAt + 8 * group * elementBytes + plane;
                for (int element = 0; element < 8; element++) {
                    out[to] = (byte) (square >>> (8 * element));
                    to += elementBytes;
                }
            }
        }
    }

    /// An 8 x 8 square of bits with rows and columns exchanged (Hacker's Delight 7-3).
    private static long transposed(long square) {
        long swap = (square ^ square >>> 7) & 0x00AA00AA00AA00AAL;
        long result = square ^ swap ^ swap << 7;
        swap = (result ^ result >>> 14) & 0x0000CCCC0000CCCCL;
        result = result ^ swap ^ swap << 14;
        swap = (result ^ result >>> 28) & 0x00000000F0F0F0F0L;
        return result ^ swap ^ swap << 28;
    }
}
