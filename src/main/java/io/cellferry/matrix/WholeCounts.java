package io.cellferry.matrix;

/// Stored values as whole counts where they are exactly that.
///
/// A code of 0 or more is the count itself: turning it back gives the same bits. A value that is no such count (a
/// fraction, a negative number, -0.0, NaN, 2^31 or more) gets the [ValueCode] that tells where it lies. Nearly all
/// single-cell matrices hold counts, whatever type they are stored in.
final class WholeCounts {

    private WholeCounts() {}

    /// Writes one code for each of `values[from, to)` to the start of `codes`.
    static void encode(ValueBuffer values, int from, int to, int[] codes) {
        int[] four = values.four();
        long[] eight = values.eight();
        switch (values.type()) {
            case FLOAT32 -> {
                for (int i = from; i < to; i++) {
                    int count = (int) Float.intBitsToFloat(four[i]);
                    boolean exact = count >= 0 && Float.floatToRawIntBits((float) count) == four[i];
                    codes[i - from] = exact ? count : ValueCode.inBlock(i);
                }
            }
            case FLOAT64 -> {
                for (int i = from; i < to; i++) {
                    int count = (int) Double.longBitsToDouble(eight[i]);
                    boolean exact = count >= 0 && Double.doubleToRawLongBits(count) == eight[i];
                    codes[i - from] = exact ? count : ValueCode.inBlock(i);
                }
            }
            case INT32, UINT32 -> {
                for (int i = from; i < to; i++) {
                    codes[i - from] = four[i] >= 0 ? four[i] : ValueCode.inBlock(i);
                }
            }
            case INT64, UINT64 -> {
                for (int i = from; i < to; i++) {
                    codes[i - from] = eight[i] >>> 31 == 0 ? (int) eight[i] : ValueCode.inBlock(i);
                }
            }
        }
    }

    /// Writes the bits of the first `count` codes to `into` from `at` on. Negative codes leave meaningless bits, which
    /// the caller replaces.
    static void decode(int[] codes, int count, ValueBuffer into, int at) {
        int[] four = into.four();
        long[] eight = into.eight();
        switch (into.type()) {
            case FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    four[at + i] = Float.floatToRawIntBits((float) codes[i]);
                }
            }
            case FLOAT64 -> {
                for (int i = 0; i < count; i++) {
                    eight[at + i] = Double.doubleToRawLongBits(codes[i]);
                }
            }
            case INT32, UINT32 -> System.arraycopy(codes, 0, four, at, count);
            case INT64, UINT64 -> {
                for (int i = 0; i < count; i++) {
                    eight[at + i] = codes[i];
                }
            }
        }
    }
}
