package io.cellferry.cellucid.json;

/// The text Python gives a float: shortest digits that read back as the same number.
///
/// `Double.toString` finds the same digits, except that it insists on two of them (`4.9E-324` where one digit,
/// `5e-324`, is enough) and lays them out in another way.
public final class PythonFloat {

    private PythonFloat() {}

    /// `repr(value)`; not-a-number and the infinities come out as `nan`, `inf` and `-inf`.
    public static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        return sign + (value == 0 ? "0.0" : layOut(Math.abs(value)));
    }

    private static String layOut(double value) {
        String java = Double.toString(value);
        int e = java.indexOf('E');
        String mantissa = e < 0 ? java : java.substring(0, e);
        int point = mantissa.indexOf('.');
        String whole = mantissa.substring(0, point);
        String all = whole + mantissa.substring(point + 1);
        int leadingZeros = 0;
        while (all.charAt(leadingZeros) == '0') {
            leadingZeros++;
        }
        String digits = withoutTrailingZeros(all.substring(leadingZeros));
        int exponent = whole.length() - 1 - leadingZeros + (e < 0 ? 0 : Integer.parseInt(java.substring(e + 1)));
        if (digits.length() == 2) {
            int rounded = (Integer.parseInt(digits) + 5) / 10;
            if (Double.parseDouble(rounded + "e" + exponent) == value) {
                digits = rounded < 10 ? Integer.toString(rounded) : "1";
                exponent += rounded < 10 ? 0 : 1;
            }
        }
        return exponent < -4 || exponent >= 16 ? scientific(digits, exponent) : fixed(digits, exponent);
    }

    private static String withoutTrailingZeros(String digits) {
        int end = digits.length();
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }

    private static String scientific(String digits, int exponent) {
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        int magnitude = Math.abs(exponent);
        return mantissa + (exponent < 0 ? "e-" : "e+") + (magnitude < 10 ? "0" : "") + magnitude;
    }

    private static String fixed(String digits, int exponent) {
        if (exponent < 0) {
            return "0." + "0".repeat(-exponent - 1) + digits;
        }
        if (digits.length() <= exponent + 1) {
            return digits + "0".repeat(exponent + 1 - digits.length()) + ".0";
        }
        return digits.substring(0, exponent + 1) + "." + digits.substring(exponent + 1);
    }
}
