package io.cellferry.cellucid.arithmetic;

/// The floating-point type a computation is carried out in.
///
/// Everything is computed in double and rounded after each operation. For one addition, subtraction, multiplication,
/// division or square root of floats that gives exactly the float result: double has more than twice the digits, so
/// rounding twice is the same as rounding once.
public enum Precision {
    SINGLE,
    DOUBLE;

    /// The result of one operation, rounded to this type.
    public double round(double result) {
        return this == SINGLE ? (float) result : result;
    }
}
