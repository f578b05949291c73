package io.cellferry.launch.report;

import io.cellferry.failure.Problem;
import java.util.ArrayList;
import java.util.List;

/// What `attempts.json` holds: the attempts at a run, oldest first, and what its plan had to remark.
///
/// At most [#MOST_ATTEMPTS] are kept, the newest; `forgotten` counts the others. `version` is that of this layout.
record Timings(int version, long forgotten, List<Attempt> attempts, List<Problem> remarks) {

    static final int VERSION = 1;
    static final Timings NONE = new Timings(VERSION, 0, List.of(), List.of());

    private static final int MOST_ATTEMPTS = 100;
    private static final int MOST_REMARKS = 200;

    Timings {
        attempts = List.copyOf(attempts);
        remarks = List.copyOf(remarks);
    }

    /// With one more attempt.
    Timings with(Attempt attempt) {
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(attempt);
        int tooMany = Math.max(0, all.size() - MOST_ATTEMPTS);
        return new Timings(version, forgotten + tooMany, all.subList(tooMany, all.size()), remarks);
    }

    /// With the remarks of a plan that was made now; a resumed run plans nothing and keeps those it has.
    Timings remarking(List<Problem> planned) {
        return planned.isEmpty()
                ? this
                : new Timings(version, forgotten, attempts, planned.subList(0, Math.min(planned.size(), MOST_REMARKS)));
    }
}
