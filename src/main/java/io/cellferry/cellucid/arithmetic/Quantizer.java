package io.cellferry.cellucid.arithmetic;

/// Turns floats into codes `0 … maxCode`, truncating; what is not valid becomes `maxCode + 1`.
///
/// Two rules exist and differ in single codes: [#nudged] computes in double and adds 1e-8, so that the greatest value
/// reaches the greatest code; [#plain] computes in float, and every fifth real-valued column misses it.
public sealed interface Quantizer {

    /// The bounds a reader needs to turn codes back into values.
    Bounds bounds();

    int code(float value);

    /// A constant column has equal bounds and only code 0. Not-a-number is invalid.
    static Quantizer nudged(Bounds bounds, int maxCode) {
        return new Nudged(bounds, maxCode / (bounds.high() - bounds.low()), maxCode);
    }

    /// A constant column pretends to end one above its value. Whatever is not finite is invalid.
    static Quantizer plain(Bounds bounds, int maxCode) {
        double high = bounds.high() == bounds.low() ? bounds.low() + 1 : bounds.high();
        Bounds widened = new Bounds(bounds.low(), high);
        return new Plain(widened, (float) bounds.low(), (float) (maxCode / (high - bounds.low())), maxCode);
    }

    record Nudged(Bounds bounds, double factor, int maxCode) implements Quantizer {
        @Override
        public int code(float value) {
            if (Float.isNaN(value)) {
                return maxCode + 1;
            }
            if (bounds.low() == bounds.high()) {
                return 0;
            }
            double code = (value - bounds.low()) * factor + 1e-8;
            return Math.clamp((int) code, 0, maxCode);
        }
    }

    record Plain(Bounds bounds, float low, float factor, int maxCode) implements Quantizer {
        @Override
        public int code(float value) {
            if (!Float.isFinite(value)) {
                return maxCode + 1;
            }
            float code = (value - low) * factor;
            return Math.clamp((int) code, 0, maxCode);
        }
    }
}
