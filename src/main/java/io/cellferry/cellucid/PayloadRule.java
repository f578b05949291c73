package io.cellferry.cellucid;

/// What every number of a payload has to be.
///
/// `bytes` is the width of one number. Floats (`floats`) have to lie in `[low, high]`, or be not-a-number where
/// `missing` allows it; codes have to be below `codes` or be exactly `missingCode`.
record PayloadRule(int bytes, boolean floats, double low, double high, boolean missing, int codes, int missingCode) {

    static final PayloadRule FINITE_FLOATS = floats(-Float.MAX_VALUE, Float.MAX_VALUE, false);

    private static PayloadRule floats(double low, double high, boolean missing) {
        return new PayloadRule(4, true, low, high, missing, 0, 0);
    }

    /// A continuous field: viewers show not-a-number as missing. Contract 0.9.0 writes infinities too.
    static PayloadRule values(ExportSettings settings, Quantization quantization) {
        if (quantization.quantizes()) {
            return quantized(quantization);
        }
        double most = settings.contract() == Contract.V0_9_0 ? Double.POSITIVE_INFINITY : Float.MAX_VALUE;
        return floats(-most, most, true);
    }

    /// A gene: as a field, but contract 0.9.1 knows no missing value in unquantized genes.
    static PayloadRule genes(ExportSettings settings) {
        boolean strict =
                settings.contract() == Contract.V0_9_1 && !settings.genes().quantizes();
        return strict ? FINITE_FLOATS : values(settings, settings.genes());
    }

    static PayloadRule codes(CodeType type, int labels) {
        return new PayloadRule(type.bytes(), false, 0, 0, true, labels, type.missing());
    }

    /// How unusual cells are: a share between 0 and 1.
    static PayloadRule ranks(Quantization quantization) {
        return quantization.quantizes() ? quantized(quantization) : floats(0, 1, true);
    }

    private static PayloadRule quantized(Quantization quantization) {
        int most = quantization.maxCode();
        return new PayloadRule(quantization.bytes(), false, 0, 0, true, most + 1, most + 1);
    }

    boolean acceptsFloat(float value) {
        return Float.isNaN(value) ? missing : value >= low && value <= high;
    }

    boolean acceptsCode(int code) {
        return code < codes || code == missingCode;
    }

    String words() {
        if (!floats) {
            return "a code below %,d, or %,d for missing".formatted(codes, missingCode);
        }
        String range = high == 1 ? "a number from 0 to 1" : "a finite number";
        return missing ? range + ", or not-a-number for missing" : range;
    }
}
