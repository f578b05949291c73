package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Bounds;
import io.cellferry.cellucid.arithmetic.Quantizer;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.util.Optional;

/// Writes one number per cell: float32 as it is, or codes of 8 or 16 bits between the least and greatest value.
///
/// What is missing becomes not-a-number, or the code above the greatest one.
record ColumnEncoding(Contract contract, Quantization quantization) {

    /// Writes the first `cells` of `values`; gives the bounds a reader needs, if it needs any.
    Optional<Bounds> write(float[] values, int cells, String path, PayloadEncoder encoder, UnitWriter unit) {
        try (StagedFile file = unit.output(path)) {
            encoder.begin(file, quantization.quantizes() ? quantization.bytes() : Float.BYTES);
            Optional<Bounds> bounds = quantization.quantizes()
                    ? Optional.of(writeCodes(values, cells, encoder))
                    : writeFloats(values, cells, encoder);
            encoder.end();
            return bounds;
        }
    }

    private static Optional<Bounds> writeFloats(float[] values, int cells, PayloadEncoder encoder) {
        for (int cell = 0; cell < cells; cell++) {
            encoder.putFloat(values[cell]);
        }
        return Optional.empty();
    }

    private Bounds writeCodes(float[] values, int cells, PayloadEncoder encoder) {
        Quantizer quantizer = quantizer(values, cells);
        int bytes = quantization.bytes();
        for (int cell = 0; cell < cells; cell++) {
            encoder.putCode(quantizer.code(values[cell]), bytes);
        }
        return quantizer.bounds();
    }

    private Quantizer quantizer(float[] values, int cells) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int cell = 0; cell < cells; cell++) {
            float value = values[cell];
            if (Float.isFinite(value)) {
                low = value < low ? value : low;
                high = value > high ? value : high;
            }
        }
        return quantizer(low, high);
    }

    /// Between the least and the greatest finite value; when there is none, `low` is above `high`.
    Quantizer quantizer(float low, float high) {
        boolean none = low > high;
        return switch (contract) {
            case V0_9_1 -> Quantizer.nudged(none ? new Bounds(0, 0) : new Bounds(low, high), quantization.maxCode());
            case V0_9_0 -> Quantizer.plain(none ? new Bounds(0, 1) : new Bounds(low, high), quantization.maxCode());
        };
    }
}
