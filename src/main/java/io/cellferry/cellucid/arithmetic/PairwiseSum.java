package io.cellferry.cellucid.arithmetic;

/// numpy's sum over contiguous values.
///
/// It goes through a buffer of 8,192 values, whose sums are added one after the other. Within a buffer, fewer than 8
/// values are added one after the other, up to 128 with eight running sums, and more in two halves, the first of them a
/// multiple of 8 long. The order decides the last bits, and they are written to the export.
public final class PairwiseSum {

    private static final int LANES = 8;
    private static final int BLOCK = 128;
    /// numpy's default buffer; the sum of 10,000 values shows it.
    private static final int BUFFER = 8192;

    private PairwiseSum() {}

    /// The sum of `values[from]` up to but without `values[from + count]`.
    public static double of(double[] values, int from, int count, Precision precision) {
        double sum = 0;
        for (int done = 0; done < count; done += Math.min(BUFFER, count - done)) {
            sum = precision.round(sum + part(values, from + done, Math.min(BUFFER, count - done), precision));
        }
        return sum;
    }

    private static double part(double[] values, int from, int count, Precision precision) {
        if (count < LANES) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum = precision.round(sum + values[from + i]);
            }
            return sum;
        }
        if (count <= BLOCK) {
            return lanes(values, from, count, precision);
        }
        int half = count / 2;
        half -= half % LANES;
        double first = part(values, from, half, precision);
        return precision.round(first + part(values, from + half, count - half, precision));
    }

    private static double lanes(double[] values, int from, int count, Precision p) {
        double r0 = values[from];
        double r1 = values[from + 1];
        double r2 = values[from + 2];
        double r3 = values[from + 3];
        double r4 = values[from + 4];
        double r5 = values[from + 5];
        double r6 = values[from + 6];
        double r7 = values[from + 7];
        int full = count - count % LANES;
        for (int i = from + LANES; i < from + full; i += LANES) {
            r0 = p.round(r0 + values[i]);
            r1 = p.round(r1 + values[i + 1]);
            r2 = p.round(r2 + values[i + 2]);
            r3 = p.round(r3 + values[i + 3]);
            r4 = p.round(r4 + values[i + 4]);
            r5 = p.round(r5 + values[i + 5]);
            r6 = p.round(r6 + values[i + 6]);
            r7 = p.round(r7 + values[i + 7]);
        }
        double left = p.round(p.round(r0 + r1) + p.round(r2 + r3));
        double right = p.round(p.round(r4 + r5) + p.round(r6 + r7));
        double sum = p.round(left + right);
        for (int i = from + full; i < from + count; i++) {
            sum = p.round(sum + values[i]);
        }
        return sum;
    }
}
