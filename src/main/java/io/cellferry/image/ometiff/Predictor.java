package io.cellferry.image.ometiff;

import io.cellferry.image.PixelType;

/// What was done to rows before they were compressed.
enum Predictor {
    NONE,
    /// Each sample is stored as its difference from the one to the left, as whole numbers of its width.
    DIFFERENCES,
    /// Floating-point rows are split into planes of bytes, highest first, and the bytes stored as differences.
    FLOATING_POINT;

    static Predictor of(long number, PixelType type) {
        boolean isFloat = type == PixelType.FLOAT32 || type == PixelType.FLOAT64;
        if (number == 1) {
            return NONE;
        }
        if (number == 2) {
            return DIFFERENCES;
        }
        if (number == 3 && isFloat) {
            return FLOATING_POINT;
        }
        throw new Unsupported(
                "predictor %s of %s samples, which is not read".formatted(Long.toUnsignedString(number), type.word()),
                "Write it again with predictor 2 (differences) or none.");
    }
}
