package io.cellferry.cellucid;

import io.cellferry.failure.InputRefused;
import java.util.ArrayList;
import java.util.List;

/// Counts the numbers of one column or table that a float cannot carry, so that one refusal tells all of them.
///
/// Contract 0.9.0 lets numbers too small for a float become zero, as its own writer does.
final class NarrowingCount {

    private final Contract contract;
    private final String where;
    private long missing;
    private long infinite;
    private long tooLarge;
    private long tooSmall;
    private long first = -1;

    NarrowingCount(Contract contract, String where) {
        this.contract = contract;
        this.where = where;
    }

    /// Looks at `value` of `cell` and its float `narrowed`.
    void look(long cell, double value, float narrowed) {
        if (!Float.isFinite(narrowed)) {
            if (Double.isNaN(value)) {
                missing++;
            } else if (Double.isInfinite(value)) {
                infinite++;
            } else {
                tooLarge++;
            }
            remember(cell);
        } else if (narrowed == 0 && value != 0 && contract == Contract.V0_9_1) {
            tooSmall++;
            remember(cell);
        }
    }

    void missing(long cell) {
        missing++;
        remember(cell);
    }

    boolean hasMissing() {
        return missing > 0;
    }

    private void remember(long cell) {
        if (first < 0) {
            first = cell;
        }
    }

    /// Refuses whatever is not finite.
    void requireFinite(String remedy) {
        refuse(missing, infinite, remedy);
    }

    /// Refuses what `policy` does not let pass as missing. `marking` says how to let more pass, which helps where
    /// nothing else is found, `replacing` what to do otherwise.
    void require(MissingPolicy policy, String marking, String replacing) {
        boolean marks = policy == MissingPolicy.MARK;
        boolean infinitePass = contract == Contract.V0_9_0;
        boolean markable = tooLarge + tooSmall + (infinitePass ? 0 : infinite) == 0;
        refuse(marks ? 0 : missing, marks && infinitePass ? 0 : infinite, !marks && markable ? marking : replacing);
    }

    private void refuse(long refusedMissing, long refusedInfinite, String remedy) {
        if (refusedMissing + refusedInfinite + tooLarge + tooSmall == 0) {
            return;
        }
        List<String> found = new ArrayList<>();
        add(found, refusedMissing, "missing");
        add(found, refusedInfinite, "infinite");
        add(found, tooLarge, "too large for float32");
        add(found, tooSmall, "too small for float32");
        throw new InputRefused(
                "%s: expected a float32 number for every cell, found %s; the first such is cell %,d."
                        .formatted(where, String.join(", ", found), first),
                remedy);
    }

    private static void add(List<String> found, long count, String what) {
        if (count > 0) {
            found.add("%,d %s".formatted(count, what));
        }
    }
}
