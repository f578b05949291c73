package io.cellferry.launch.http.exports;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bytes `[from, to)` of a file that somebody asks for.
record ByteRange(long from, long to) {

    private static final Pattern ONE = Pattern.compile("(?i)bytes=[ \\t]*(\\d*)-(\\d*)[ \\t]*");

    ByteRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("byte range [%d, %d) must satisfy 0 <= from <= to".formatted(from, to));
        }
    }

    /// One range of a file of `bytes` bytes, as a `Range` header says it: `bytes=5-9`, `bytes=5-` or, for the last
    /// five, `bytes=-5`. Empty for what is to be ignored: several ranges, other units, nonsense. The range itself
    /// is empty when it holds nothing of the file.
    static Optional<ByteRange> of(String header, long bytes) {
        Matcher said = ONE.matcher(header);
        if (!said.matches() || said.group(1).isEmpty() && said.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (said.group(1).isEmpty()) {
            return Optional.of(new ByteRange(bytes - Math.min(bytes, number(said.group(2))), bytes));
        }
        long first = number(said.group(1));
        long last = said.group(2).isEmpty() ? Long.MAX_VALUE : number(said.group(2));
        if (last < first) {
            return Optional.empty();
        }
        return Optional.of(
                first >= bytes ? new ByteRange(bytes, bytes) : new ByteRange(first, Math.min(last, bytes - 1) + 1));
    }

    /// More digits than any file has bytes mean a place behind its end.
    private static long number(String digits) {
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    long bytes() {
        return to - from;
    }
}
